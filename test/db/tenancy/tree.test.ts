import test from 'ava'
import { hold, waits } from '../../helpers/held.ts'
import { found } from '../../helpers/organization.ts'
import type { Persona } from '../../helpers/personas.ts'
import { detail, outcome, refused } from '../../helpers/refusal.ts'
import { openStage, value } from '../../helpers/stage.ts'

const stage = openStage(test)
const move = 'select app_public.move_team($1, $2)'

async function grow(owner: Persona, names: string[], parent: string | null = null): Promise<string[]> {
  const ids: string[] = []
  for (const name of names) {
    const { rows } = await owner('select * from app_public.create_team($1, $2)', [name, ids.at(-1) ?? parent])
    ids.push(rows[0]!['id'])
  }
  return ids
}
const parentOf = (id: string) => value(stage, 'select parent_team_id from app_public.teams where id = $1', [id])

test.serial('A team moves with everything below it, and to the top.', async t => {
  const { people } = await found(stage, { owner: 'owner' })
  const [a, b, c] = await grow(people.owner, ['a', 'b', 'c'])
  const [other] = await grow(people.owner, ['other'])
  await people.owner(move, [b, other])
  t.is(await parentOf(b!), other)
  t.is(await parentOf(c!), b)
  await people.owner(move, [b, null])
  t.is(await parentOf(b!), null)
  t.is(await parentOf(a!), null)
})

test.serial('Whatever moves, every team knows its way from the top.', async t => {
  const { id, people } = await found(stage, { owner: 'owner' })
  const [a, b, c, d] = await grow(people.owner, ['a', 'b', 'c', 'd'])
  const [e] = await grow(people.owner, ['e'])
  for (const [team, parent] of [
    [b, e],
    [c, null],
    [a, d],
    [e, a],
    [d, b],
    [b, null]
  ]) {
    await outcome(people.owner(move, [team, parent]))
    const { rows } = await stage.admin.query(
      `with recursive tree as (
         select id, array[id] as way from app_public.teams where parent_team_id is null and organization_id = $1
         union all
         select teams.id, way || teams.id from tree join app_public.teams on parent_team_id = tree.id
       )
       select name from app_public.teams left join tree using (id) where organization_id = $1 and path is distinct from way`,
      [id]
    )
    t.deepEqual(rows, [])
  }
})

test.serial('No team is below itself, by verb or by plain SQL.', async t => {
  const { people } = await found(stage, { owner: 'owner' })
  const [a, b, c] = await grow(people.owner, ['a', 'b', 'c'])
  await refused(t, stage, () => people.owner(move, [a, c]), 'TEAM_CYCLE')
  await refused(t, stage, () => people.owner(move, [a, b]), 'TEAM_CYCLE')
  await refused(t, stage, () => people.owner(move, [a, a]), 'TEAM_CYCLE')
  const sql = 'update app_public.teams set parent_team_id = $2 where id = $1'
  await refused(t, stage, () => people.owner(sql, [a, c]), 'TEAM_CYCLE')
  t.is(await outcome(people.owner.attempt(sql, [c, a])), '1 row')
})

test.serial('Two moves at the same moment can not close a circle together.', async t => {
  const { people } = await found(stage, { owner: 'owner' })
  const [a] = await grow(people.owner, ['a'])
  const [b] = await grow(people.owner, ['b'])
  const first = await hold(stage.database, people.owner.is)
  const second = await hold(stage.database, people.owner.is)
  await first.query(move, [a, b])
  const late = outcome(second.query(move, [b, a]))
  await waits(stage.database, second, late)
  await first.commit()
  t.is(await late, 'TEAM_CYCLE')
  await second.rollback()
})

test.serial('The tree has at most eight levels, however it grows; the platform can allow more.', async t => {
  const { id, people } = await found(stage, { owner: 'owner' })
  const levels = await grow(people.owner, ['1', '2', '3', '4', '5', '6', '7', '8'])
  const create = "select app_public.create_team('9', $1)"
  const error = await refused(t, stage, () => people.owner(create, [levels[7]]), 'TEAM_TOO_DEEP')
  t.like(detail(error), { limit: 8, depth: 9 })
  const [top] = await grow(people.owner, ['top', 'below'])
  await refused(t, stage, () => people.owner(move, [top, levels[6]]), 'TEAM_TOO_DEEP')
  t.is(await outcome(people.owner.attempt(move, [top, levels[5]])), '1 row')
  const raise = 'update app_public.organizations set max_team_depth = 9 where id = $1'
  await refused(t, stage, () => people.owner(raise, [id]), 'no grant')
  await stage.admin.query(raise, [id])
  t.is(await outcome(people.owner.attempt(create, [levels[7]])), '1 row')
})

test.serial('Deleting a team refuses while teams are below it, or moves them up.', async t => {
  const { people } = await found(stage, { owner: 'owner' })
  const [a, b, c] = await grow(people.owner, ['a', 'b', 'c'])
  await refused(t, stage, () => people.owner('select app_public.delete_team($1)', [b]), 'TEAM_HAS_CHILDREN')
  await people.owner("select app_public.delete_team($1, 'move_up')", [b])
  t.is(await parentOf(c!), a)
  await people.owner("select app_public.delete_team($1, 'move_up')", [a])
  t.is(await parentOf(c!), null)
})

test.serial('A name that the teams above have already keeps a team from moving up to them.', async t => {
  const { people } = await found(stage, { owner: 'owner' })
  const [a] = await grow(people.owner, ['a', 'same'])
  await grow(people.owner, ['same'])
  await refused(t, stage, () => people.owner("select app_public.delete_team($1, 'move_up')", [a]), 'teams_name_key')
})

test.serial('A lead decides who is in their team and every team below it, and nothing else.', async t => {
  const { people, ids } = await found(stage, { owner: 'owner', lead: 'viewer', person: 'viewer' })
  const [a, b] = await grow(people.owner, ['a', 'b'])
  const [aside] = await grow(people.owner, ['aside'])
  const add = 'select app_public.add_team_member($1, $2)'
  const remove = 'select app_public.remove_team_member($1, $2)'
  await refused(t, stage, () => people.lead(add, [a, ids.person]), 'FORBIDDEN')
  await people.owner("select app_public.add_team_member($1, $2, 'lead')", [a, ids.lead])

  for (const team of [a, b]) {
    t.is(await outcome(people.lead(add, [team, ids.person])), '1 row')
    t.is(await outcome(people.lead(remove, [team, ids.person])), '1 row')
  }
  await refused(t, stage, () => people.lead(add, [aside, ids.person]), 'FORBIDDEN')
  for (const sql of [
    "select app_public.update_team($1, 'renamed')",
    'select app_public.delete_team($1)',
    'select app_public.move_team($1, null)',
    "select app_public.create_team('below', $1)",
    'select app_public.create_budget(1) where $1::uuid is not null'
  ]) {
    await refused(t, stage, () => people.lead(sql, [b]), 'FORBIDDEN')
  }

  await people.owner(move, [b, aside])
  await refused(t, stage, () => people.lead(add, [b, ids.person]), 'FORBIDDEN')
  await people.owner("select app_public.add_team_member($1, $2, 'member')", [a, ids.lead])
  await refused(t, stage, () => people.lead(add, [a, ids.person]), 'FORBIDDEN')
})
