import test from 'ava'
import { openDatabase } from '../../helpers/database.ts'
import { makeWorld } from '../../helpers/world.ts'

test('deleting the row of an organization takes everything of it along, and nothing of another', async t => {
  const database = await openDatabase()
  t.teardown(() => database.close())
  const { admin } = database
  const world = await makeWorld(database)
  const { rows: tables } = await admin.query(
    `select attrelid::regclass::text as name from pg_attribute join pg_class on pg_class.oid = attrelid
     where attname = 'organization_id' and relkind = 'r' and relnamespace::regnamespace::text like 'app\\_%'`
  )
  const left = async (id: string) => {
    const counts: Record<string, number> = {}
    for (const { name } of tables) {
      const { rows } = await admin.query(`select count(*)::int from ${name} where organization_id = $1`, [id])
      if (rows[0].count) counts[name] = rows[0].count
    }
    return counts
  }
  const before = await left(world.other)
  t.true(Object.keys(await left(world.acme)).length >= 8, 'the control: there is something of it in many tables')
  await admin.query('delete from app_public.organizations where id = $1', [world.acme])
  t.deepEqual(await left(world.acme), {})
  t.deepEqual(await left(world.other), before)
})
