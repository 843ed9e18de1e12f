import test from 'ava'
import { openMonitor } from '../../../server/claims.ts'
import { makeKeyTally, type KeyUse } from '../../../server/observability/key_tally.ts'
import { recordKeyUse } from '../../../server/observability/store.ts'
import { createPool } from '../../../server/pg.ts'
import { hashOf } from '../../helpers/keys.ts'
import { found, foundKey } from '../../helpers/organization.ts'
import { openStage, value } from '../../helpers/stage.ts'

const stage = openStage(test)
const ago = (seconds: number) => new Date(Date.now() - seconds * 1000)
const state = async (id: string) =>
  (
    await stage.admin.query(
      'select request_count::int as count, last_used_at as at from app_public.org_api_keys where id = $1',
      [id]
    )
  ).rows[0] as { count: number; at: Date | null }

function reporter(t: import('ava').ExecutionContext, max = 5) {
  const pool = createPool({ connectionString: stage.database.apiUrl, max })
  t.teardown(() => pool.end())
  return (...uses: KeyUse[]) => {
    const tally = makeKeyTally()
    tally.giveBack(uses)
    return recordKeyUse(pool, openMonitor(), tally)
  }
}

test.serial('What several processes counted adds up, by secret or by key, and the last use is the latest.', async t => {
  const report = reporter(t)
  const { id, ids, people } = await found(stage, { owner: 'owner' })
  const [one, other] = [await foundKey(stage, id, ids.owner), await foundKey(stage, id, ids.owner)]
  const { key: fresh } = (await people.owner('select key from app_public.rotate_api_key($1)', [one.id])).rows[0] as {
    key: string
  }
  const use = (key: string, requests: number, at: Date): KeyUse => ({
    key_hash: hashOf(key).toString('hex'),
    requests,
    last_used_at: at.toISOString()
  })
  const [older, newer] = [ago(20), ago(10)]
  await report(use(one.key, 2, newer), use(other.key, 1, older))
  await report(use(fresh, 3, older), { key_id: one.id, requests: 4, last_used_at: older.toISOString() })
  t.deepEqual(await state(one.id), { count: 9, at: newer })
  t.deepEqual(await state(other.id), { count: 1, at: older })
})

test.serial(
  'A clock that runs ahead makes no use of tomorrow, and a secret that nobody has is not counted.',
  async t => {
    const report = reporter(t)
    const { id, ids } = await found(stage, { owner: 'owner' })
    const key = await foundKey(stage, id, ids.owner)
    await report(
      { key_hash: hashOf(key.key).toString('hex'), requests: 1, last_used_at: ago(-3600).toISOString() },
      { key_hash: hashOf('unknown').toString('hex'), requests: 1, last_used_at: ago(0).toISOString() }
    )
    t.true(await value(stage, 'select last_used_at <= now() from app_public.org_api_keys where id = $1', [key.id]))
    t.is((await state(key.id)).count, 1)
  }
)

test.serial('Forty processes that report the same keys in any order lose nothing and meet no deadlock.', async t => {
  const report = reporter(t, 40)
  const { id, ids } = await found(stage, { owner: 'owner' })
  const keys = await Promise.all(Array.from({ length: 5 }, async () => foundKey(stage, id, ids.owner)))
  await Promise.all(
    Array.from({ length: 40 }, (_, n) =>
      report(
        ...keys.map((_, place) => ({
          key_id: keys[(place + n) % 5]!.id,
          requests: 1,
          last_used_at: ago(n).toISOString()
        }))
      )
    )
  )
  for (const key of keys) t.is((await state(key.id)).count, 40)
})

test.serial('A report that fails is not lost.', async t => {
  const pool = createPool({ connectionString: stage.database.apiUrl, max: 1 })
  await pool.end()
  const tally = makeKeyTally()
  tally.add({ kind: 'key_token', keyId: 'k', secretId: 's' }, 5000)
  await t.throwsAsync(recordKeyUse(pool, openMonitor(), tally))
  tally.add({ kind: 'key_token', keyId: 'k', secretId: 's' }, 4000)
  tally.add({ kind: 'anonymous' }, 9000)
  t.deepEqual(tally.take(), [{ key_id: 'k', requests: 2, last_used_at: new Date(5000).toISOString() }])
})

test.serial('A use writes nothing to the row of its key.', async t => {
  const { id, ids } = await found(stage, { owner: 'owner' }, 100)
  const key = await foundKey(stage, id, ids.owner)
  const version = () => value<string>(stage, 'select xmin::text from app_public.org_api_keys where id = $1', [key.id])
  const before = await version()
  await key.persona("select app_public.record_usage('use', 'openai', 'gpt-5', 1)")
  await key.persona('select app_public.record_usage_batch($1)', [
    '[{"idempotency_key":"b","service":"s","model":"m","cost":1}]'
  ])
  t.is(await version(), before)
})
