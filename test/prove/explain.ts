import { randomBytes, randomUUID } from 'node:crypto'
import pg from 'pg'
import { openRequest } from '../../server/claims.ts'
import type { Proof } from '../helpers/proof.ts'
import { refusal } from '../helpers/refusal.ts'

/** The database's own dice, so that a run can be repeated: every table below is drawn from this many of each. */
const world = { organizations: 6, people: 40, teams: 12 }

const fill = `
  select setseed(SEED);
  insert into app_public.organizations (name, slug, plan, status)
  select 'Organization ' || n, 'org-' || n, 'enterprise', case when n = 1 then 'suspended' else 'active' end
  from generate_series(1, ${world.organizations}) as n;
  insert into app_public.users (email, name)
  select 'person-' || n || '@example.com', 'Person ' || n from generate_series(1, ${world.people}) as n;
  insert into app_public.custom_roles (organization_id, name)
  select id, 'Role ' || n from app_public.organizations cross join generate_series(1, 3) as n;
  insert into app_public.custom_role_permissions (organization_id, role_id, permission)
  select organization_id, custom_roles.id, permissions.name
  from app_public.custom_roles join app_public.permissions on assignable and random() < 0.4;
  -- An owner each, and everybody else with whatever comes.
  insert into app_public.members (organization_id, user_id, role)
  select organizations.id, (select id from app_public.users where organizations.id is not null order by random() limit 1), 'owner'
  from app_public.organizations;
  insert into app_public.members (organization_id, user_id, role, custom_role_id)
  select organization_id, user_id, case when custom_role_id is null then role else 'custom' end, custom_role_id
  from (
    select organizations.id as organization_id, users.id as user_id,
      (array['viewer', 'viewer', 'member', 'member', 'admin', 'owner'])[1 + floor(random() * 6)::int] as role,
      case when random() < 0.3 then (
        select id from app_public.custom_roles
        where custom_roles.organization_id = organizations.id and users.id is not null order by random() limit 1
      ) end as custom_role_id
    from app_public.organizations cross join app_public.users where random() < 0.5
  ) as drawn
  on conflict do nothing;
  insert into app_public.member_permissions (organization_id, user_id, permission, effect)
  select organization_id, user_id, permissions.name, case when random() < 0.5 then 'grant' else 'deny' end
  from app_public.members join app_public.permissions on assignable and random() < 0.15
  where role <> 'owner';
  insert into app_public.team_role_exceptions (organization_id, role, permission, effect)
  select organizations.id, role, permissions.name, case when random() < 0.5 then 'grant' else 'deny' end
  from app_public.organizations cross join unnest('{lead,member}'::text[]) as role
    join app_public.permissions on team_scoped and random() < 0.4`
const plant = `
  insert into app_public.teams (organization_id, name, parent_team_id)
  select organizations.id, 'Team ' || $1, (
    select id from app_public.teams
    where teams.organization_id = organizations.id and cardinality(path) < 7 and random() < 0.7 order by random() limit 1
  ) from app_public.organizations`
const populate = `
  insert into app_public.audit_events (organization_id, action, subject_kind) select id, 'x:made', 'x' from app_public.organizations;
  insert into app_public.organization_model_prices (organization_id, service, model, unit, price, currency, effective_from)
  select id, 's', 'm', 'request', 1, 'USD', now() from app_public.organizations;
  insert into app_public.team_members (organization_id, team_id, user_id, role)
  select members.organization_id, teams.id, members.user_id, case when random() < 0.4 then 'lead' else 'member' end
  from app_public.members join app_public.teams using (organization_id) where random() < 0.15;
  insert into app_public.org_api_keys (organization_id, team_id, name, key_prefix, last_four, created_by, responsible_id, scopes)
  select organization_id, case when random() < 0.6 then (
      select id from app_public.teams
      where teams.organization_id = members.organization_id and members.id is not null order by random() limit 1
    ) end, 'key', 'rg_live_' || left(md5(user_id::text), 12), '0000', user_id, user_id, '{}'
  from app_public.members where random() < 0.3;
  insert into app_public.usage_records
    (organization_id, team_id, user_id, service, model, cost, currency, charged, charged_currency)
  select organization_id, case when random() < 0.7 then (
      select id from app_public.teams
      where teams.organization_id = members.organization_id and members.id is not null order by random() limit 1
    ) end, case when random() < 0.7 then user_id end, 's', 'm', 1, 'USD', 1, 'USD'
  from app_public.members`

interface Row {
  id: string
  team: string | null
  person: string | null
}
/** What there is in an organization to try a permission on. */
interface Things {
  people: string[]
  teams: string[]
  keys: Row[]
  records: Row[]
}
type Explain = (permission: string, team?: string | null) => Promise<{ allowed: boolean; reach: string | null }>
/** What the explanation says must come of it, and what has come. */
interface Trial {
  team?: string | null
  expected(explain: Explain): Promise<boolean>
  outcome(run: (sql: string, values?: unknown[]) => Promise<string>): Promise<boolean>
}

const pick = <T>(from: T[]): T | undefined => from[Math.floor(Math.random() * from.length)]
const may = async (explain: Explain, permission: string, team: string | null = null) =>
  (await explain(permission, team)).allowed
/** A verb lets its caller through, or stops at something else than the permission. */
const verb =
  (sql: string, values: unknown[] = []): Trial['outcome'] =>
  async run =>
    !['FORBIDDEN', 'ORGANIZATION_SUSPENDED'].includes(await run(sql, values))
const seen =
  (table: string, id: string): Trial['outcome'] =>
  async run =>
    (await run(`select from app_public.${table} where id = $1`, [id])) === '1'
/** A row is seen as its owner's, as its team's, or as anybody's. */
const ofRow =
  (permission: string, { team, person }: Row, me: string): Trial['expected'] =>
  async explain => {
    const own = await explain(permission)
    return (
      own.allowed
      && (own.reach === 'organization' || person === me || (team !== null && (await may(explain, permission, team))))
    )
  }

/** One way to try each permission; undefined when the organization has nothing to try it on. */
const trials: Record<string, (things: Things, me: string, organization: string) => Trial | undefined> = {
  'organization:read': (_, __, organization) => whole('organization:read', seen('organizations', organization)),
  'organization:update': () =>
    whole('organization:update', verb("select app_public.update_organization(description => 'x')")),
  'organization:delete': () => whole('organization:delete', verb('select app_public.delete_organization()')),
  'owner:manage': ({ people }, me) =>
    whole('owner:manage', verb('select app_public.offer_ownership($1)', [pick(people.filter(id => id !== me))])),
  'member:read': ({ people }, _, organization) => {
    const person = pick(people)
    return whole(
      'member:read',
      async run =>
        (await run('select from app_public.members where organization_id = $1 and user_id = $2', [
          organization,
          person
        ])) === '1'
    )
  },
  'member:create': () => whole('member:create', verb("select app_public.add_member('new@example.com', 'viewer')")),
  'member:update': ({ people }) =>
    whole('member:update', verb("select app_public.change_member_role($1, 'viewer')", [pick(people)])),
  'member:delete': ({ people }) => whole('member:delete', verb('select app_public.remove_member($1)', [pick(people)])),
  'role:manage': () => whole('role:manage', verb("select app_public.create_custom_role('New', '{}')")),
  'team:read': ({ teams }) => on(teams, team => whole('team:read', seen('teams', team))),
  'team:create': () => whole('team:create', verb("select app_public.create_team('New')")),
  'team:update': ({ teams }) =>
    on(teams, team => whole('team:update', verb("select app_public.update_team($1, description => 'x')", [team]))),
  'team:delete': ({ teams }) =>
    on(teams, team => whole('team:delete', verb('select app_public.delete_team($1)', [team]))),
  'team_member:update': ({ teams, people }) =>
    on(teams, team => ({
      expected: explain => may(explain, 'team_member:update', team),
      outcome: verb('select app_public.add_team_member($1, $2)', [team, pick(people)])
    })),
  'budget:update': ({ teams }) =>
    on(teams, team => ({
      expected: explain => may(explain, 'budget:update', team),
      outcome: verb('select app_public.create_budget(limit_amount => 1, team_id => $1)', [team])
    })),
  'key:read': ({ keys }, me) =>
    on(keys, key => ({ expected: ofRow('key:read', key, me), outcome: seen('org_api_keys', key.id) })),
  'billing:update': () => whole('billing:update', verb("select app_public.change_plan('enterprise')")),
  'quota:read': () => whole('quota:read', verb('select app_public.quota()')),
  'storage:report': () => whole('storage:report', verb('select app_public.report_storage(1)')),
  'health:read': () => whole('health:read', verb('select app_public.health(60)')),
  'price:read': () =>
    whole('price:read', async run => (await run('select from app_public.organization_model_prices limit 1')) === '1'),
  'price:update': () =>
    whole('price:update', verb("select app_public.set_model_price('s', 'm', 'USD', input_token => 1)")),
  'key:create': () => whole('key:create', verb("select app_public.create_api_key('New')")),
  'key:revoke_all': ({ keys }, me) =>
    on(keys, key => ({
      expected: async explain =>
        (await ofRow('key:read', key, me)(explain)) && (key.person === me || (await may(explain, 'key:revoke_all'))),
      outcome: async run => (await run('select app_public.revoke_api_key($1)', [key.id])) === '1'
    })),
  'key:update_all': ({ keys }, me) =>
    on(keys, key => ({
      expected: async explain =>
        (await ofRow('key:read', key, me)(explain)) && (key.person === me || (await may(explain, 'key:update_all'))),
      outcome: async run => (await run('select app_public.pause_api_key($1)', [key.id])) === '1'
    })),
  'alert:read': () =>
    whole('alert:read', async run => (await run('select from app_public.alert_rules limit 1')) === '1'),
  'alert:manage': () =>
    whole('alert:manage', async run => (await run("select app_public.create_alert_channel('email', 'New')")) === '1'),
  'audit:read': () =>
    whole('audit:read', async run => (await run('select from app_public.audit_events limit 1')) === '1'),
  'usage:read': ({ records }, me) =>
    on(records, record => ({ expected: ofRow('usage:read', record, me), outcome: seen('usage_records', record.id) })),
  'usage:record': ({ teams }) =>
    on([...teams, null], team => ({
      expected: explain => may(explain, 'usage:record', team),
      outcome: verb("select app_public.record_usage($1, 's', 'm', 1, team_id => $2)", [randomUUID(), team])
    })),
  'usage:record_all': ({ people }, me) =>
    on(
      people.filter(id => id !== me),
      person => ({
        expected: async explain => (await may(explain, 'usage:record')) && (await may(explain, 'usage:record_all')),
        outcome: verb("select app_public.record_usage($1, 's', 'm', 1, user_id => $2)", [randomUUID(), person])
      })
    )
}
const whole = (permission: string, outcome: Trial['outcome']): Trial => ({
  expected: explain => may(explain, permission),
  outcome
})
const on = <T>(things: T[], trial: (thing: T) => Trial): Trial | undefined => {
  const thing = pick(things)
  return thing === undefined ? undefined : trial(thing)
}

/** Policies and verbs that no longer know denials: the rights of a request are read past them. */
const forget = `
  do $$ begin
    execute 'create view app_hidden.careless with (security_invoker = true) as '
      || replace(pg_get_viewdef('app_hidden.held_permissions'::regclass), '''deny''', '''never''');
    execute 'grant select on app_hidden.careless to rowgate_reader';
    execute replace(pg_get_functiondef('app_hidden.read_rights()'::regprocedure), 'app_hidden.held_permissions', 'app_hidden.careless');
  end $$`

export default {
  title: 'explain_access says what policies and verbs do, for random people, permissions and rows',
  family: 'permissions',
  breaks: 'policies and verbs forget denials',
  async run({ database, log, short, broken }) {
    const { admin, apiUrl } = await database()
    const seed = Math.random()
    await admin.query(fill.replace('SEED', String(seed)))
    for (let n = 1; n <= world.teams; n++) await admin.query(plant, [n])
    await admin.query(populate)
    if (broken) await admin.query(forget)

    const { rows: known } = await admin.query<{ name: string }>('select name from app_public.permissions order by 1')
    // Its own wide reach is part of the narrow one's trial.
    const untried = known
      .map(({ name }) => name)
      .filter(name => !trials[name] && !/:read_all$/.test(name) && name !== 'budget:read')
    const { rows: people } = await admin.query<{ id: string }>('select id from app_public.users')
    const { rows: organizations } = await admin.query<{ id: string }>('select id from app_public.organizations')
    const things = new Map<string, Things>()
    const listed = async (sql: string, id: string) => (await admin.query(sql, [id])).rows
    for (const { id } of organizations) {
      things.set(id, {
        people: (await listed('select user_id as id from app_public.members where organization_id = $1', id)).map(
          row => row.id
        ),
        teams: (await listed('select id from app_public.teams where organization_id = $1', id)).map(row => row.id),
        keys: await listed(
          'select id, team_id as team, responsible_id as person from app_public.org_api_keys where organization_id = $1',
          id
        ),
        records: await listed(
          'select id, team_id as team, user_id as person from app_public.usage_records where organization_id = $1',
          id
        )
      })
    }

    const total = short ? 2500 : 100_000
    const counts = { cases: 0, allowed: 0, different: 0 }
    const through: Record<string, number> = {}
    const examples: unknown[] = []
    async function play(client: pg.Client): Promise<void> {
      while (counts.cases < total && (!broken || counts.different < 20)) {
        const me = pick(people)!.id
        const organization = pick(organizations)!.id
        const session = (
          await admin.query('insert into app_private.sessions (user_id, refresh_hash) values ($1, $2) returning id', [
            me,
            randomBytes(32)
          ])
        ).rows[0].id
        const caller = { kind: 'person', userId: me, sessionId: session } as const
        await client.query('begin')
        try {
          for (const { text, values } of openRequest(caller, organization, randomUUID()).statements)
            await client.query(text, values as unknown[])
        } catch (error) {
          // Who is not in the organization gets nowhere there, and no explanation either.
          await client.query('rollback')
          if (refusal(error) !== 'TENANT_FORBIDDEN') throw error
          counts.cases += 1
          through['membership'] = (through['membership'] ?? 0) + 1
          if (things.get(organization)!.people.includes(me)) counts.different += 1
          continue
        }
        const explain: Explain = async (permission, team = null) => {
          const { rows } = await client.query('select * from app_public.explain_access($1, null, $2)', [
            permission,
            team
          ])
          through[rows[0].through] = (through[rows[0].through] ?? 0) + 1
          return rows[0]
        }
        const run = async (sql: string, values: unknown[] = []): Promise<string> => {
          await client.query('savepoint trial')
          const said = await client.query(sql, values).then(({ rowCount }) => String(rowCount), refusal)
          await client.query('rollback to savepoint trial')
          return said
        }
        for (let n = 0; n < 30 && counts.cases < total; n++) {
          const [permission, draw] = pick(Object.entries(trials))!
          const trial = draw(things.get(organization)!, me, organization)
          if (!trial) continue
          const expected = await trial.expected(explain)
          const outcome = await trial.outcome(run)
          counts.cases += 1
          if (counts.cases % 10_000 === 0) log(`${counts.cases} of ${total} cases, ${counts.different} differences`)
          if (outcome) counts.allowed += 1
          if (outcome === expected) continue
          counts.different += 1
          if (examples.length < 5) examples.push({ permission, expected, outcome, me, organization })
        }
        await client.query('rollback')
      }
    }
    await Promise.all(
      Array.from({ length: 4 }, async () => {
        const client = new pg.Client({ connectionString: apiUrl })
        await client.connect()
        try {
          await play(client)
        } finally {
          await client.end()
        }
      })
    )
    return {
      // Both answers must have come, and each reason.
      passed:
        counts.different === 0
        && untried.length === 0
        && counts.allowed > total / 10
        && counts.allowed < total * 0.9
        && ['role', 'custom_role', 'grant', 'team_role', 'denial', 'status', 'none', 'membership'].every(
          name => through[name]
        ),
      figures: { seed, ...counts, through, untried, ...(examples.length > 0 && { examples }) }
    }
  }
} satisfies Proof
