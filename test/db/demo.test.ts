import { createHash } from 'node:crypto'
import test from 'ava'
import { loadDemo } from '../../db/demo.ts'
import { stretch } from '../../server/password.ts'
import { openDatabase } from '../helpers/database.ts'

test('the demo is the scenario that the start promises, and loading it again changes nothing', async t => {
  const database = await openDatabase()
  t.teardown(() => database.close())
  const { admin, url: databaseUrl } = database
  const rows = async (sql: string) => (await admin.query(sql)).rows
  const counts = () =>
    rows(`select (select count(*)::int from app_public.usage_records) as usage,
      (select count(*)::int from app_public.org_api_keys) as keys, (select count(*)::int from app_public.users) as people`)
  const { people, apiKey } = await loadDemo({ databaseUrl })
  t.deepEqual(await counts(), [{ usage: 100, keys: 2, people: 4 }])
  await loadDemo({ databaseUrl })
  t.deepEqual(await counts(), [{ usage: 100, keys: 2, people: 4 }])

  t.deepEqual(
    await rows(`select organizations.name, plan, trim_scale(limit_amount)::text as budget
      from app_public.organizations
        join app_public.budgets on organization_id = organizations.id and level = 'organization' and source = 'own' order by 1`),
    [
      { name: 'Digital Agency Ltd', plan: 'free', budget: '100' },
      { name: 'StartupIO', plan: 'pro', budget: '1000' },
      { name: 'TechCorp Inc.', plan: 'enterprise', budget: '5000' }
    ]
  )
  t.deepEqual(
    await rows(`select users.name as person, organizations.slug, role
      from app_public.members join app_public.users on users.id = user_id
        join app_public.organizations on organizations.id = organization_id order by 2, 1`),
    [
      { person: 'Alice Chen', slug: 'digital-agency', role: 'owner' },
      { person: 'Bob Wilson', slug: 'startupio', role: 'owner' },
      { person: 'Alice Chen', slug: 'techcorp', role: 'member' },
      { person: 'Jane Smith', slug: 'techcorp', role: 'admin' },
      { person: 'John Doe', slug: 'techcorp', role: 'owner' }
    ]
  )
  t.deepEqual(
    await rows(`select teams.name, above.name as above from app_public.teams
      left join app_public.teams as above on above.id = teams.parent_team_id order by 1`),
    [
      { name: 'Backend Squad', above: 'Engineering Team' },
      { name: 'Engineering Team', above: null },
      { name: 'Frontend Squad', above: 'Engineering Team' },
      { name: 'Product Team', above: null }
    ]
  )
  t.deepEqual(
    await rows(`select count(*)::int from app_public.usage_records
      where occurred_at not between now() - interval '30 days' and now()`),
    [{ count: 0 }]
  )
  t.deepEqual(
    await rows(`select 1 from app_public.budget_periods as period
      join app_public.budgets on budgets.id = budget_id and level = 'organization' and source = 'own'
      where (select sum(settled) from app_public.budget_shards as shard
          where shard.budget_id = period.budget_id and shard.starts_at = period.starts_at)
        <> (select sum(charged) from app_public.usage_records as usage
          where usage.organization_id = period.organization_id
            and occurred_at >= period.starts_at and occurred_at < period.ends_at)`),
    [],
    'the counters agree with the records'
  )
  t.deepEqual(await rows('select 1 from app_public.budget_overruns'), [], 'and stay within the budgets')

  // What the start prints works, with the cost of stretching as it is today.
  for (const { email, password } of people) {
    const {
      rows: [found]
    } = await admin.query(
      'select salt, verifier from app_private.user_passwords join app_public.users on users.id = user_id where email = $1',
      [email]
    )
    t.deepEqual(
      createHash('sha256')
        .update(await stretch(password, found.salt))
        .digest(),
      found.verifier,
      email
    )
  }
  const { rowCount } = await admin.query('select from app_private.org_api_key_secrets where key_hash = $1', [
    createHash('sha256').update(apiKey).digest()
  ])
  t.is(rowCount, 1)
})
