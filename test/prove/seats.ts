import type pg from 'pg'
import { gather, tally } from '../helpers/crowd.ts'
import { personas } from '../helpers/personas.ts'
import { found } from '../helpers/organization.ts'
import type { Proof } from '../helpers/proof.ts'

/** Counts, and then locks: what came in between is not counted. */
const hurried = `
  create or replace function app_hidden.lock_members(permission text, team_id uuid default null) returns uuid
  language plpgsql volatile security definer as $$
  begin
    return app_hidden.require_permission(permission);
  end; $$;
  create or replace function app_hidden.require_room(organization_id uuid, resource text, written int default 0) returns void
  language plpgsql volatile as $$
  declare
    most constant bigint := app_hidden.plan_limit(require_room.organization_id, require_room.resource);
    used constant bigint := app_hidden.plan_used(require_room.organization_id, require_room.resource) - written;
  begin
    perform from app_public.organizations where id = require_room.organization_id for no key update;
    if used >= most then
      perform app_hidden.refuse('QUOTA_EXCEEDED');
    end if;
  end; $$;`

/** How many may come in on each way, and how they try. */
const ways = {
  seats: { limit: 5, sql: "select app_public.add_member($1, 'viewer')", count: 'members' },
  teams: { limit: 3, sql: 'select app_public.create_team($1)', count: 'teams' },
  api_keys: { limit: 3, sql: 'select app_public.create_api_key($1)', count: 'org_api_keys' }
}

export default {
  title: 'of fifty who race for the last seat, team or key of a plan exactly one wins',
  family: 'plans',
  breaks: 'counting before the organization is locked',
  async run(tools) {
    const { short, broken, log } = tools
    const [size, rounds] = short ? [50, 12] : [50, 300]
    const database = await tools.database()
    const { admin } = database
    const people = personas(database)
    tools.keep(people.close)
    if (broken) await admin.query(hurried)
    await admin.query(
      `insert into app_public.users (email, name, email_verified_at)
       select n || '@race.example', 'Racer', now() from generate_series(1, $1) as n`,
      [size]
    )
    const crowd = await gather(database, size)
    tools.keep(crowd.close)

    const winners: Record<string, number> = {}
    const answers: Record<string, number> = {}
    let wrong = 0
    for (let round = 1; round <= rounds; round++) {
      const { id, people: cast } = await found({ admin, asUser: people.asUser }, { owner: 'owner' }, undefined, 'free')
      await fill(admin, id)
      for (const { limit, sql, count } of Object.values(ways)) {
        const calls = await crowd.run(cast.owner.is, (member, turn) =>
          turn === 0 ? [sql, [`${member + 1}@race.example`]] : undefined
        )
        const { done = 0, ...others } = tally(calls)
        winners[done] = (winners[done] ?? 0) + 1
        for (const [answer, times] of Object.entries(others)) answers[answer] = (answers[answer] ?? 0) + times
        const { rows } = await admin.query(
          `select count(*)::int as there from app_public.${count} where organization_id = $1`,
          [id]
        )
        if (rows[0].there !== limit) wrong++
      }
      if (round % 25 === 0) log(`${round} of ${rounds} rounds`)
    }
    const races = rounds * Object.keys(ways).length
    return {
      passed: winners[1] === races && wrong === 0 && answers['QUOTA_EXCEEDED'] === races * (size - 1),
      figures: {
        races,
        racers: size,
        'races by number of winners': winners,
        answers,
        'plans that hold too much': wrong
      }
    }
  }
} satisfies Proof

/** All but the last place of each. */
async function fill(admin: pg.Pool, organizationId: string): Promise<void> {
  await admin.query(
    `with guests as (
       insert into app_public.users (email, name)
       select 'guest-' || n || '@' || left($1::text, 36) || '.example', 'Guest' from generate_series(1, 3) as n returning id
     )
     insert into app_public.members (organization_id, user_id, role) select $1::uuid, id, 'viewer' from guests`,
    [organizationId]
  )
  await admin.query(
    "insert into app_public.teams (organization_id, name) select $1, 'Team ' || n from generate_series(1, 2) as n",
    [organizationId]
  )
  await admin.query(
    `insert into app_public.org_api_keys (organization_id, name, key_prefix, last_four, scopes)
     select $1, 'Key', 'rg_live_00000000000' || n, '0000', '{}' from generate_series(1, 2) as n`,
    [organizationId]
  )
}
