import test from 'ava'
import { found } from '../../helpers/organization.ts'
import type { Persona } from '../../helpers/personas.ts'
import { openStage, value } from '../../helpers/stage.ts'

const stage = openStage(test)
const people = async (as: Persona, query: string) =>
  (
    await as(
      `select users.name from app_public.search_members($1) as found join app_public.users on users.id = found.user_id`,
      [query]
    )
  ).rows.map(row => row['name'])
const teams = async (as: Persona, query: string) =>
  (await as('select name from app_public.search_teams($1)', [query])).rows.map(row => row['name'])
const organizations = async (as: Persona, query: string) =>
  (await as('select slug from app_public.search_organizations($1)', [query])).rows.map(row => row['slug'])

async function join(organizationId: string, email: string, name: string) {
  const id = await value<string>(stage, 'insert into app_public.users (email, name) values ($1, $2) returning id', [
    email,
    name
  ])
  await stage.admin.query("insert into app_public.members (organization_id, user_id, role) values ($1, $2, 'viewer')", [
    organizationId,
    id
  ])
  return id
}

test.serial('People are found by the beginnings of words of name and address, whole words first.', async t => {
  const { id, people: cast } = await found(stage, { owner: 'owner' })
  await join(id, 'ann.marie@firma.example', 'Ann-Marie Müller')
  await join(id, 'joann@other.example', 'Jo Annabel')
  await join(id, 'wang@firma.example', '王小明')
  t.deepEqual(await people(cast.owner, 'ann'), ['Ann-Marie Müller', 'Jo Annabel'])
  t.deepEqual(await people(cast.owner, 'ANNA'), ['Jo Annabel'])
  t.deepEqual(await people(cast.owner, 'marie@firma'), ['Ann-Marie Müller'])
  t.deepEqual(await people(cast.owner, 'mül'), ['Ann-Marie Müller'])
  t.deepEqual(await people(cast.owner, 'firma ann'), ['Ann-Marie Müller'], 'every word counts')
  t.deepEqual(await people(cast.owner, '小明'), ['王小明'])
  t.deepEqual(await people(cast.owner, 'nn'), [])
  t.deepEqual(await people(cast.owner, '% _ann'), ['Ann-Marie Müller', 'Jo Annabel'], 'no pattern, only words')
})

test.serial(
  'Everything is found under its new name and no longer under its old one, and nothing that is gone.',
  async t => {
    const { id, slug, people: cast } = await found(stage, { owner: 'owner' })
    const person = await join(id, 'before@mail.example', 'Before')
    await stage.admin.query("update app_public.users set name = 'After', email = 'after@mail.example' where id = $1", [
      person
    ])
    t.deepEqual([await people(cast.owner, 'before'), await people(cast.owner, 'after')], [[], ['After']])
    await cast.owner('select app_public.remove_member($1)', [person])
    t.deepEqual(await people(cast.owner, 'after'), [])

    const team = (await cast.owner("select * from app_public.create_team('Old crew')")).rows[0]!['id']
    t.deepEqual(await teams(cast.owner, 'cre'), ['Old crew'])
    await cast.owner("select app_public.update_team($1, 'New crew')", [team])
    t.deepEqual([await teams(cast.owner, 'old'), await teams(cast.owner, 'new')], [[], ['New crew']])
    await cast.owner('select app_public.delete_team($1)', [team])
    t.deepEqual(await teams(cast.owner, 'new'), [])

    t.deepEqual(await organizations(cast.owner, slug), [slug])
    await cast.owner("select app_public.update_organization(name => 'Zebra works')")
    t.deepEqual(await organizations(cast.owner, 'zebra'), [slug])
    t.deepEqual(
      await value(stage, 'select count(*)::int from app_private.search_words where target_id = $1', [team]),
      0
    )
  }
)

test.serial(
  'Nobody finds what they may not see: not elsewhere, not without the permission, not when suspended.',
  async t => {
    const { cast, world } = stage
    t.deepEqual(await people(cast.owner, 'viewer'), ['viewer'])
    t.deepEqual(await people(cast.stranger, 'viewer'), [])
    t.deepEqual(await people(cast.nobody, 'viewer'), [])
    t.deepEqual(await teams(cast.stranger, 'engineering'), [])
    t.deepEqual(await organizations(cast.stranger, 'acme'), [])
    const set = 'select app_public.set_member_permission($1, $2, $3)'
    for (const [permission, search, query, name] of [
      ['member:read', people, 'lead', 'lead'],
      ['team:read', teams, 'engineering', 'Engineering'],
      ['organization:read', organizations, 'acme', 'acme']
    ] as const) {
      t.deepEqual(await search(cast.viewer, query), [name])
      await cast.owner(set, [world.people.viewer, permission, 'deny'])
      t.deepEqual(await search(cast.viewer, query), [])
      await cast.owner(set, [world.people.viewer, permission, 'none'])
    }
    await stage.admin.query("update app_public.organizations set status = 'suspended' where slug = 'acme'")
    t.deepEqual(await people(cast.owner, 'viewer'), [])
    await stage.admin.query("update app_public.organizations set status = 'active' where slug = 'acme'")
  }
)
