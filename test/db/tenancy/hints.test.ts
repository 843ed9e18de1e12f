import test from 'ava'
import { randomUUID } from 'node:crypto'
import { hold } from '../../helpers/held.ts'
import { found } from '../../helpers/organization.ts'
import type { Persona } from '../../helpers/personas.ts'
import { refusal } from '../../helpers/refusal.ts'
import { openStage, value } from '../../helpers/stage.ts'

const stage = openStage(test)

/** The slug of the tenant that a request gets: its token may be narrowed, and its header may name one. */
async function chosen({ is }: Persona, token?: string, header?: string): Promise<string> {
  const caller = is.kind === 'person' ? { ...is, tenant: token } : is
  const held = await hold(stage.database, caller, header).catch(error => error)
  if (held instanceof Error) return refusal(held)
  const { rows } = await held.query("select app_hidden.claim('organization_id') as id")
  await held.rollback()
  return rows[0]!['id']
    ? value(stage, 'select slug from app_public.organizations where id = $1', [rows[0]!['id']])
    : 'none'
}

test('A person with one organization needs no hint, and one without any has none.', async t => {
  t.is(await chosen(stage.cast.member), 'acme')
  t.is(await chosen(stage.cast.member, '', ''), 'acme')
  t.is(await chosen(stage.cast.nobody), 'none')
  t.is(await chosen(stage.cast.anonymous), 'none')
  t.is(await chosen(stage.cast.key), 'acme')
})

test('A hint is an id or a slug, in any case.', async t => {
  const { acme } = stage.world
  for (const hint of ['acme', 'ACME', acme, acme.toUpperCase()]) {
    t.is(await chosen(stage.cast.member, undefined, hint), 'acme', `header ${hint}`)
    t.is(await chosen(stage.cast.member, hint), 'acme', `token ${hint}`)
    t.is(await chosen(stage.cast.key, undefined, hint), 'acme', `key with header ${hint}`)
  }
})

test("An organization that does not exist and somebody else's get the same answer.", async t => {
  const answers = new Set<string>()
  for (const hint of ['other', 'OTHER', stage.world.other, 'missing', randomUUID(), '%', 'acme ', "acme' or true --"]) {
    for (const name of ['owner', 'nobody', 'key'] as const) {
      const error = await hold(stage.database, stage.cast[name].is, hint).catch(error => error)
      answers.add(JSON.stringify([error.code, error.message, error.detail]))
    }
  }
  t.is(answers.size, 1, [...answers].join('\n'))
  t.regex([...answers][0]!, /"RG403","TENANT_FORBIDDEN"/)
  t.is(await chosen(stage.cast.stranger, undefined, 'other'), 'other', 'whose it is gets in')
})

test('Two hints must name the same organization, whatever they call it.', async t => {
  const first = await found(stage, { owner: 'owner' })
  const second = await found(stage, {})
  await stage.admin.query("insert into app_public.members (organization_id, user_id, role) values ($1, $2, 'viewer')", [
    second.id,
    first.ids.owner
  ])
  const { owner } = first.people
  t.is(await chosen(owner), 'none', 'several and no hint: none')
  t.is(await chosen(owner, first.id, first.slug), first.slug)
  t.is(await chosen(owner, first.slug.toUpperCase(), first.id), first.slug)
  t.is(await chosen(owner, second.slug, second.slug), second.slug)
  t.is(await chosen(owner, first.id, second.slug), 'TENANT_HINTS_DISAGREE')
  t.is(await chosen(owner, second.slug, first.id), 'TENANT_HINTS_DISAGREE')
  t.is(await chosen(owner, first.id, 'acme'), 'TENANT_FORBIDDEN', "a stranger's beside one's own")
  t.is(await chosen(owner, 'acme', first.id), 'TENANT_FORBIDDEN')
})

test("A slug can't have the form of an id, so a hint never means two organizations.", async t => {
  const { people, id } = await found(stage, { owner: 'owner' })
  const like = `a${stage.world.acme.slice(1)}`
  for (const sql of [
    "select * from app_public.create_organization('Trap', $1)",
    'select * from app_public.update_organization(slug => $1)',
    'update app_public.organizations set slug = $1'
  ]) {
    await t.throwsAsync(people.owner(sql, [like]), { code: '23514' }, sql)
    await t.throwsAsync(people.owner(sql, [like.toUpperCase()]), { code: '23514' }, sql)
  }
  await people.owner('select app_public.update_organization(slug => $1)', [`${like}-0`])
  t.is(await value(stage, 'select slug from app_public.organizations where id = $1', [id]), `${like}-0`)
})
