import { ids, type Task } from '../../tasks.ts'

const batch = 10_000

/** Deletes an organization for good, in transactions of some rows; whatever ends it in the middle, the next attempt goes on. */
const purge: Task = async (payload, { ask, log }) => {
  const { organization_id } = ids(payload, 'organization_id')
  for (;;) {
    const [{ state }] = await ask(organization_id, 'select app_hidden.purge_organization($1) as state', [batch])
    if (state === 'done') break
    if (state === 'busy') throw new Error('A job of the organization runs; it is purged later.')
  }
  log.info('organization purged, or there was nothing to purge')
}
export default purge
