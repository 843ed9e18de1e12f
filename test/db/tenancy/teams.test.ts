import test from 'ava'
import { hold, waits } from '../../helpers/held.ts'
import { found } from '../../helpers/organization.ts'
import { outcome, refused } from '../../helpers/refusal.ts'
import { openStage, value } from '../../helpers/stage.ts'

const stage = openStage(test)
const create = 'select * from app_public.create_team($1, $2)'
const remove = 'select app_public.delete_team($1)'

async function furnished() {
  const organization = await found(stage, { owner: 'owner', member: 'member' })
  const { owner } = organization.people
  const parent: string = (await owner(create, ['Parent', null])).rows[0]!['id']
  return { ...organization, parent }
}
/** Teams that are there although the one above them is not, and people in teams that are gone. */
const orphans = (id: string) =>
  value(
    stage,
    `select (select count(*)
             from app_public.teams as child join app_public.teams as parent on parent.id = child.parent_team_id
           where child.organization_id = $1 and child.deleted_at is null and parent.deleted_at is not null)
     + (select count(*) from app_public.team_members join app_public.teams on teams.id = team_id
        where teams.organization_id = $1 and teams.deleted_at is not null) = 0`,
    [id]
  )

test.serial('A team with teams below it stays; the lower ones go first, and a name is then free again.', async t => {
  const {
    people: { owner },
    parent
  } = await furnished()
  const child = (await owner(create, ['Child', parent])).rows[0]!['id']
  await refused(t, stage, () => owner(remove, [parent]), 'TEAM_HAS_CHILDREN')
  await refused(t, stage, () => owner(create, ['Child', parent]), 'teams_name_key')
  await owner(remove, [child])
  await owner(remove, [parent])
  await refused(t, stage, () => owner(remove, [parent]), 'NOT_FOUND')
  t.is((await owner('select from app_public.teams')).rowCount, 0)
  await owner(create, ['Parent', null])
})

test.serial('A deleted team takes its people out, and nothing can be put into it or below it.', async t => {
  const {
    id,
    ids,
    people: { owner },
    parent
  } = await furnished()
  await owner('select app_public.add_team_member($1, $2)', [parent, ids.member])
  await owner(remove, [parent])
  t.true(await orphans(id))
  await refused(t, stage, () => owner(create, ['Child', parent]), 'NOT_FOUND')
  await refused(t, stage, () => owner('select app_public.update_team($1, $2)', [parent, 'New']), 'NOT_FOUND')
  await refused(t, stage, () => owner('select app_public.add_team_member($1, $2)', [parent, ids.member]), 'NOT_FOUND')
  await refused(t, stage, () => owner("select app_public.create_api_key('Key', $1)", [parent]), 'NOT_FOUND')
  const usage = "select app_public.record_usage('k', 'openai', 'gpt-5', 1, team_id => $1)"
  await refused(t, stage, () => owner(usage, [parent]), 'NOT_FOUND')
})

test.serial('Plain SQL changes no deleted team, with or without a WHERE.', async t => {
  const {
    id,
    people: { owner },
    parent
  } = await furnished()
  await owner(remove, [parent])
  await owner("update app_public.teams set name = 'Renamed' where organization_id = $1", [id])
  await owner("update app_public.teams set name = 'Renamed'")
  t.is(await value(stage, 'select name from app_public.teams where id = $1', [parent]), 'Parent')
})

test.serial('Plain SQL puts nothing into a deleted team or below it.', async t => {
  const {
    id,
    ids,
    people: { owner },
    parent
  } = await furnished()
  await owner(remove, [parent])
  await owner('insert into app_public.team_members (organization_id, team_id, user_id) values ($1, $2, $3)', [
    id,
    parent,
    ids.member
  ]).catch(error => error)
  await owner("insert into app_public.teams (organization_id, parent_team_id, name) values ($1, $2, 'Child')", [
    id,
    parent
  ]).catch(error => error)
  t.true(await orphans(id))
})

for (const [what, sql, values] of [
  ['a team below it', create, (parent: string) => ['Child', parent]],
  ['a person', 'select app_public.add_team_member($1, $2)', (parent: string, person: string) => [parent, person]]
] as const) {
  test.serial(`Whoever deletes a team while somebody else adds ${what} leaves nothing behind in it.`, async t => {
    for (const deletedFirst of [true, false]) {
      const { id, ids, people, parent } = await furnished()
      const deleting = await hold(stage.database, people.owner.is)
      const adding = await hold(stage.database, people.owner.is)
      const remove_ = () => outcome(deleting.query(remove, [parent]))
      const add = () => outcome(adding.query(sql, values(parent, ids.member)))
      const [first, second] = deletedFirst ? [deleting, adding] : [adding, deleting]
      await (deletedFirst ? remove_() : add())
      const late = deletedFirst ? add() : remove_()
      await waits(stage.database, second, late)
      await first.commit()
      await late
      await second.commit()
      t.true(await orphans(id), `${deletedFirst ? 'deleted' : 'added'} first, then: ${await late}`)
    }
  })
}
