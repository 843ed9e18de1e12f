import test from 'ava'
import { books } from '../../helpers/books.ts'
import { found, foundKey } from '../../helpers/organization.ts'
import type { Persona } from '../../helpers/personas.ts'
import { refusal, refused } from '../../helpers/refusal.ts'
import { openStage, value, type PersonaName } from '../../helpers/stage.ts'

const stage = openStage(test)
let counter = 0
const book = (persona: Persona, teamId: string | null, userId: string | null = null) =>
  persona("select * from app_public.record_usage($1, 'openai', 'gpt-5', 0.001, team_id => $2, user_id => $3)", [
    `booking-${++counter}`,
    teamId,
    userId
  ])

test.serial(
  'People book on their teams and those below, owners, admins and keys on every team of the organization.',
  async t => {
    const { teams } = stage.world
    const may: [PersonaName, Record<Exclude<keyof typeof teams, 'foreign'>, string>][] = [
      ['owner', { engineering: 'booked', backend: 'booked', sales: 'booked' }],
      ['admin', { engineering: 'booked', backend: 'booked', sales: 'booked' }],
      ['key', { engineering: 'booked', backend: 'booked', sales: 'booked' }],
      ['lead', { engineering: 'booked', backend: 'booked', sales: 'FORBIDDEN' }],
      ['member', { engineering: 'FORBIDDEN', backend: 'booked', sales: 'FORBIDDEN' }],
      ['viewer', { engineering: 'FORBIDDEN', backend: 'FORBIDDEN', sales: 'FORBIDDEN' }]
    ]
    for (const [name, expected] of may) {
      for (const [team, words] of Object.entries(expected) as [keyof typeof teams, string][]) {
        const work = () => book(stage.cast[name], teams[team])
        if (words === 'booked') t.is((await work()).rows[0]!['team_id'], teams[team], `${name} on ${team}`)
        else await refused(t, stage, work, words)
      }
      await refused(
        t,
        stage,
        () => book(stage.cast[name], teams.foreign),
        name === 'viewer' ? 'FORBIDDEN' : 'NOT_FOUND'
      )
    }
  }
)

test.serial(
  "Usage is its own person's; only owners, admins and keys record for somebody else, who must be a member.",
  async t => {
    const {
      cast,
      world: { people }
    } = stage
    for (const name of ['owner', 'admin', 'member', 'lead'] as const) {
      t.is((await book(cast[name], null)).rows[0]!['user_id'], people[name], name)
      t.is((await book(cast[name], null, people[name])).rows[0]!['user_id'], people[name], `${name} by name`)
    }
    for (const name of ['owner', 'admin', 'key'] as const) {
      t.is((await book(cast[name], null, people.viewer)).rows[0]!['user_id'], people.viewer, name)
      for (const nobodyHere of [people.stranger, people.nobody]) {
        await refused(t, stage, () => book(cast[name], null, nobodyHere), 'NOT_FOUND')
      }
    }
    for (const name of ['member', 'lead'] as const) {
      const answers = []
      for (const somebody of [people.viewer, people.stranger, people.nobody]) {
        const error = await refused(t, stage, () => book(cast[name], null, somebody), 'FORBIDDEN')
        answers.push(error.detail)
      }
      t.is(new Set(answers).size, 1, 'nobody learns who is a member')
    }
  }
)

test.serial('A key records as itself and nobody, on its own team or on one below that the call names.', async t => {
  const { id, ids, people } = await found(stage, { owner: 'owner' }, 10)
  const team = (await people.owner("select * from app_public.create_team('Own')")).rows[0]!['id']
  const below = (await people.owner("select * from app_public.create_team('Below', $1)", [team])).rows[0]!['id']
  const another = (await people.owner("select * from app_public.create_team('Another')")).rows[0]!['id']
  const key = await foundKey(stage, id, ids.owner, team)
  t.like((await book(key.persona, null)).rows[0], { team_id: team, user_id: null, api_key_id: key.id })
  t.like((await book(key.persona, below)).rows[0], { team_id: below, user_id: null, api_key_id: key.id })
  await refused(t, stage, () => book(key.persona, another), 'KEY_TEAM_FORBIDDEN')
  t.like((await book(people.owner, null)).rows[0], { team_id: null, user_id: ids.owner, api_key_id: null })
})

test.serial('A key sees what it recorded and not what another key of the same organization did.', async t => {
  const { id, ids, people } = await found(stage, { owner: 'owner' }, 10)
  const [first, second] = [await foundKey(stage, id, ids.owner), await foundKey(stage, id, ids.owner)]
  const {
    rows: [ofFirst]
  } = await book(first!.persona, null)
  const {
    rows: [ofSecond]
  } = await book(second!.persona, null)
  const read = 'select id from app_public.usage_records'
  t.deepEqual((await first!.persona(read)).rows, [{ id: ofFirst!['id'] }])
  t.deepEqual((await second!.persona(read)).rows, [{ id: ofSecond!['id'] }])
  t.is((await people.owner(read)).rowCount, 2)
})

test.serial('A key whose team was deleted books on no team that is gone.', async t => {
  const { id, ids, people } = await found(stage, { owner: 'owner' }, 10)
  const team = (await people.owner("select * from app_public.create_team('Gone')")).rows[0]!['id']
  const key = await foundKey(stage, id, ids.owner, team)
  await people.owner('select app_public.delete_team($1)', [team])
  const answer = await book(key.persona, null).then(({ rows }) => rows[0]!['team_id'], refusal)
  t.not(answer, team)
})

test.serial('What is recorded can be changed or deleted by nobody, not even the owner.', async t => {
  for (const sql of [
    'update app_public.usage_records set cost = 0',
    'delete from app_public.usage_records',
    'update app_public.budget_shards set settled = 0',
    'delete from app_public.budget_alerts',
    'update app_public.budgets set limit_amount = 1000',
    'insert into app_public.usage_records (service) values (null)'
  ]) {
    for (const name of ['owner', 'key'] as const) await refused(t, stage, () => stage.cast[name](sql), 'no grant')
  }
})

test.serial('Without a budget usage is recorded and not limited.', async t => {
  const { id, people } = await found(stage, { owner: 'owner' })
  await people.owner("select app_public.record_usage('big', 'openai', 'gpt-5', 999999999999)")
  t.deepEqual(await books(stage, id), { records: 1, used: '999999999999', spent: '0', keys: 1 })
  t.is(await value(stage, 'select count(*)::int from app_public.budget_periods where organization_id = $1', [id]), 0)
})

test.serial(
  'Usage of a month has a partition of its own, what was before is beside it, and nobody may read any.',
  async t => {
    const { people } = await found(stage, { owner: 'owner' })
    const at = async (occurredAt: string) => {
      const { id } = (
        await people.owner("select id from app_public.record_usage($1, 's', 'm', 1, occurred_at => $2)", [
          `partition-${++counter}`,
          occurredAt
        ])
      ).rows[0]!
      return value<string>(stage, 'select tableoid::regclass::text from app_public.usage_records where id = $1', [id])
    }
    const now = new Date()
    const month = now.toISOString().slice(0, 7).replace('-', '_')
    t.is(await at(now.toISOString()), `app_private.usage_records_${month}`)
    const old = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - 12)).toISOString()
    t.is(await at(old), 'app_private.usage_records_past')
    for (const table of [`usage_records_${month}`, 'usage_records_past', 'usage_records_rest']) {
      await refused(t, stage, () => people.owner(`select from app_private.${table}`), 'no grant')
    }
  }
)
