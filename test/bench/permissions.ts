import { alternate, type Bench, type Row, type Table } from '../helpers/bench.ts'
import { pgbench } from '../helpers/load.ts'
import { durable } from '../helpers/throwaway.ts'

// The biggest of the organizations has 1,000 teams in a tree of 8 levels, half of all people, and 100,000 records; the others share the rest.
const size = { organizations: 10_000, members: 200_000, teams: 1000, levels: 8, records: 100_000, others: 200_000 }

const fill = ({ organizations, members, teams, levels, records, others }: typeof size) => `
  set session_replication_role = replica;
  insert into app_public.organizations (id, name, slug, plan)
  select md5('o' || n)::uuid, 'Organization ' || n, 'org-' || n, 'enterprise' from generate_series(1, ${organizations}) as n;
  insert into app_public.users (id, email, name)
  select md5('u' || n)::uuid, 'u' || n || '@example.com', 'Person ' || n from generate_series(1, ${members}) as n;
  insert into app_public.members (organization_id, user_id, role)
  select md5('o' || case when n <= ${members / 2} then 1 else 2 + n % ${organizations - 1} end)::uuid, md5('u' || n)::uuid,
    case when n <= 2 or n % 20 = 0 then 'admin' when n % 3 = 0 then 'viewer' else 'member' end
  from generate_series(1, ${members}) as n;
  insert into app_public.custom_roles (id, organization_id, name) values (md5('r')::uuid, md5('o1')::uuid, 'Auditor');
  insert into app_public.custom_role_permissions (organization_id, role_id, permission)
  select md5('o1')::uuid, md5('r')::uuid, permission from app_public.role_permissions where role = 'admin';
  update app_public.members set role = 'custom', custom_role_id = md5('r')::uuid
  where user_id = md5('u2')::uuid;
  -- Somebody whose rights come from everywhere at once.
  insert into app_public.member_permissions (organization_id, user_id, permission, effect)
  select md5('o1')::uuid, md5('u3')::uuid, name, case when name like '%_all' then 'grant' else 'deny' end
  from app_public.permissions where name like '%_all' or name like 'organization:u%';
  with recursive tree as (
    select 1 as n, array[md5('t1')::uuid] as path
    union all
    select child, path || md5('t' || child)::uuid
    from tree cross join lateral unnest(array[3 * n - 1, 3 * n, 3 * n + 1]) as child
    where child <= ${teams} and cardinality(path) < ${levels}
  )
  insert into app_public.teams (id, organization_id, name, parent_team_id, path)
  select path[cardinality(path)], md5('o1')::uuid, 'Team ' || n, path[cardinality(path) - 1], path from tree;
  insert into app_public.team_members (organization_id, team_id, user_id, role)
  values (md5('o1')::uuid, md5('t1')::uuid, md5('u4')::uuid, 'lead');
  insert into app_public.usage_records
    (organization_id, team_id, user_id, service, model, tokens_in, tokens_out, cost, currency, charged, charged_currency,
      occurred_at)
  select md5('o1')::uuid, case when n % 10 > 0 then md5('t' || 1 + n % ${teams})::uuid end, md5('u' || 1 + n % 2000)::uuid,
    'openai', 'model-' || n % 7, n % 4000, n % 900, n % 100 / 1000.0, 'USD', n % 100 / 1000.0, 'USD', now() - n * interval '2 seconds'
  from generate_series(1, ${records}) as n
  union all
  select md5('o' || 2 + n % ${organizations - 1})::uuid, null, null, 'openai', 'model-' || n % 7, n % 4000, n % 900,
    n % 100 / 1000.0, 'USD', n % 100 / 1000.0, 'USD', now() - n * interval '1 seconds'
  from generate_series(1, ${others}) as n;
  insert into app_private.search_words (organization_id, kind, word, target_id)
  select members.organization_id, 'member', word, members.id
  from app_public.members join app_public.users on users.id = members.user_id
    cross join unnest(app_hidden.words(users.name || ' ' || users.email)) as word;
  set session_replication_role = origin;
  insert into app_private.sessions (id, user_id, refresh_hash)
  select md5('s' || n)::uuid, md5('u' || n)::uuid, sha256(n::text::bytea) from generate_series(1, 4) as n`

const organization = "md5('o1')::uuid"
// As a value that the plan does not know.
const unknown = "(select current_setting('rowgate.organization_id')::uuid)"
/** What a client asks for. Without row level security it says itself which rows it may see; here that is the whole organization. */
const queries = {
  'one record by its id': `
    select id, service, model, cost from app_public.usage_records as usage
    where organization_id = ${organization} NARROWED and id = (select 'ID'::uuid)`,
  'the newest 50 records with team and person': `
    select usage.id, usage.model, usage.cost, teams.name, users.name
    from app_public.usage_records as usage
      left join app_public.teams on teams.organization_id = usage.organization_id and teams.id = usage.team_id
      left join app_public.users on users.id = usage.user_id
    where usage.organization_id = ${organization} NARROWED order by usage.occurred_at desc limit 50`,
  'a day by model': `
    select model, count(*), sum(cost) from app_public.usage_records as usage
    where organization_id = ${organization} NARROWED and occurred_at >= now() - interval '1 day' group by model`,
  'a day by model, the organization a parameter': `
    select model, count(*), sum(cost) from app_public.usage_records as usage
    where organization_id = ${unknown} NARROWED and occurred_at >= now() - interval '1 day' group by model`,
  'all teams': `select id, name, parent_team_id from app_public.teams where organization_id = ${organization}`
}
type Query = keyof typeof queries

const like = `select members.* from app_public.members join app_public.users on users.id = members.user_id
  where members.organization_id = ${organization} and users.name ilike '%person%' and users.email ilike '%u5%'
  order by users.name limit 20`.replaceAll('\n', ' ')

/** Who asks, by what right, and what somebody without row level security would have to write to see the same. */
const people: Record<string, { id: string; instead: string }> = {
  'an admin': { id: "md5('u1')", instead: '' },
  "a role of the organization's own": { id: "md5('u2')", instead: '' },
  'extra grants and denials': { id: "md5('u3')", instead: '' },
  'the lead of 1,000 teams': {
    id: "md5('u4')",
    instead: `and (usage.user_id = md5('u4')::uuid or usage.team_id in (
      select id from app_public.teams where organization_id = ${organization} and path && array[md5('t1')::uuid]))`
  }
}

export default {
  title: 'what the permission check adds to the query that it protects',
  async run({ database, log, short }) {
    const { admin, url } = await database({ settings: durable })
    log(`filling: ${size.organizations} organizations, ${size.members} members, ${size.records + size.others} records`)
    await admin.query(fill(size))
    await admin.query('vacuum analyze')
    const one = async (sql: string) => Object.values((await admin.query(sql)).rows[0])[0] as string
    const tenant = await one("select md5('o1')::uuid::text")
    const record = await one(
      `select id from app_public.usage_records where organization_id = '${tenant}' and team_id is not null order by id limit 1`
    )
    await admin.query(`do $$ begin execute replace(replace(
      pg_get_functiondef('app_hidden.resolve_request'::regproc),
      'resolve_request', 'resolve_without_rights'), 'perform app_hidden.read_rights();', ''); end $$`)
    const [rounds, seconds] = short ? [1, 1] : [5, 3]

    const tables: Table[] = []
    for (const [who, { id, instead }] of Object.entries(people)) {
      const person = await one(`select ${id}::uuid::text`)
      const held = await one(
        `select string_agg(distinct permission, ' ') from app_hidden.held_permissions where user_id = '${person}'`
      )
      // What resolve_request makes of the caller; it is measured by itself below.
      const claims = {
        'rowgate.user_id': person,
        'rowgate.open': 'true',
        'rowgate.permissions': `\\ ${held.replaceAll(' ', '\\ ')}\\ `,
        role: 'rowgate_user'
      }
      const rows: Row[] = []
      for (const query of Object.keys(queries) as Query[]) {
        const text = queries[query].replace('ID', record).replaceAll('\n', ' ')
        const [bare, sql] = [text.replace('NARROWED', instead.replaceAll('\n', ' ')), text.replace('NARROWED', '')]
        const asked = { 'rowgate.organization_id': tenant }
        const load = { url, connections: 2, seconds }
        const rates = await alternate({ log: line => log(`${who}, ${query}: ${line}`) }, rounds, {
          bare: () => pgbench(bare, { ...load, options: asked }),
          checked: () => pgbench(sql, { ...load, options: { ...asked, ...claims } })
        })
        rows.push({
          what: query,
          rate: rates.checked,
          against: { what: 'without the check', rate: rates.bare, atLeast: 1 / 1.15 }
        })
      }
      const open = (resolve: string) =>
        `select ${resolve}('person', '${person}', md5('s' || right(${id.replace('md5', '')}, 1))::uuid, null, array['${tenant}'], 'x')`
      const opening = await alternate({ log: line => log(`${who}, opening: ${line}`) }, rounds, {
        bare: () => pgbench(open('app_hidden.resolve_without_rights'), { url, connections: 2, seconds }),
        checked: () => pgbench(open('app_hidden.resolve_request'), { url, connections: 2, seconds })
      })
      rows.push({
        what: 'opening a request, with the reading of rights',
        rate: opening.checked,
        against: { what: 'without it', rate: opening.bare }
      })
      const found = await alternate({ log: line => log(`${who}, search: ${line}`) }, rounds, {
        bare: () => pgbench(like, { url, connections: 2, seconds }),
        checked: () =>
          pgbench("select * from app_public.search_members('person u5')", {
            url,
            connections: 2,
            seconds,
            options: claims
          })
      })
      rows.push({
        what: `searching ${size.members / 2} members`,
        rate: found.checked,
        against: { what: 'ILIKE without the check', rate: found.bare }
      })
      tables.push({ title: `Checked for ${who}`, rows })
    }
    return tables
  }
} satisfies Bench
