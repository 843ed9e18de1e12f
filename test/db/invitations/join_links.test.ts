import test from 'ava'
import { hold, waits } from '../../helpers/held.ts'
import { outcome, refused } from '../../helpers/refusal.ts'
import { openStage, value } from '../../helpers/stage.ts'
import { accept, scene } from './scene.ts'

const stage = openStage(test)
const { acme, somebody, invite, link, roleOf, jobs } = scene(stage)

test.serial('A join code lets in as many as it says, of the domains that it names, until it ends.', async t => {
  const { people } = await acme()
  const [a, b, c] = [await somebody(), await somebody(), await somebody()]
  const code = await link(people.admin, 'max_uses => 2')
  t.is((await a.persona(accept, [code.hash])).rows[0]!['status'], 'joined')
  await refused(t, stage, () => a.persona(accept, [code.hash]), 'ALREADY_EXISTS')
  t.is((await b.persona(accept, [code.hash])).rows[0]!['status'], 'joined')
  await refused(t, stage, () => c.persona(accept, [code.hash]), 'INVITATION_USED_UP')

  const narrow = await link(people.admin, "allowed_domains => '{Corp.example}'")
  const [inside, unconfirmed] = [await somebody(true, 'a@corp.example'), await somebody(false, 'b@corp.example')]
  await refused(t, stage, () => c.persona(accept, [narrow.hash]), 'INVITATION_WRONG_ADDRESS')
  await refused(t, stage, () => unconfirmed.persona(accept, [narrow.hash]), 'EMAIL_UNVERIFIED')
  t.is((await inside.persona(accept, [narrow.hash])).rowCount, 1)

  const late = await link(people.admin)
  await stage.admin.query(
    "update app_public.join_links set created_at = now() - interval '2 hours', expires_at = now() - interval '1 hour' where id = $1",
    [late.id]
  )
  await refused(t, stage, () => c.persona(accept, [late.hash]), 'INVITATION_EXPIRED')
  const revoked = await link(people.admin)
  await people.admin('select app_public.revoke_join_link($1)', [revoked.id])
  await refused(t, stage, () => c.persona(accept, [revoked.hash]), 'INVITATION_REVOKED')
  t.is(await value(stage, 'select uses from app_public.join_links where id = $1', [code.id]), 2)
})

test.serial('Two who use the last place of a join code at the same moment: one gets it.', async t => {
  const { people } = await acme()
  const code = await link(people.admin, 'max_uses => 1')
  const [a, b] = [await somebody(), await somebody()]
  const first = await hold(stage.database, a.persona.is)
  const second = await hold(stage.database, b.persona.is)
  await first.query(accept, [code.hash])
  const late = second.query(accept, [code.hash]).then(
    () => 'joined',
    error => error.message
  )
  await waits(stage.database, second, late)
  await first.commit()
  t.is(await late, 'INVITATION_USED_UP')
  await second.rollback()
})

test.serial('With approval whoever accepts waits, and an admin lets them in or turns them away.', async t => {
  const organization = await acme()
  const { people } = organization
  const [a, b] = [await somebody(), await somebody()]
  const { hash } = await invite(people.admin, a.email, ', needs_approval => true')
  const code = await link(people.admin, 'needs_approval => true')
  t.is((await a.persona(accept, [hash])).rows[0]!['status'], 'pending')
  t.is((await b.persona(accept, [code.hash])).rows[0]!['status'], 'pending')
  await refused(t, stage, () => b.persona(accept, [code.hash]), 'ALREADY_EXISTS')
  t.is(await roleOf(organization, a.id), undefined)
  const requestOf = (id: string) =>
    value<string>(stage, 'select id from app_public.join_requests where user_id = $1', [id])
  const [first, second] = [await requestOf(a.id), await requestOf(b.id)]
  t.is(await jobs('invitations/requested', first), 2, 'the owner and the admin')
  t.is(await outcome(people.member('select from app_public.join_requests')), '0 rows')

  await people.admin('select app_public.approve_join_request($1)', [first])
  await people.owner('select app_public.reject_join_request($1)', [second])
  t.is(await roleOf(organization, a.id), 'member')
  t.is(await roleOf(organization, b.id), undefined)
  t.is(await jobs('invitations/decided', first), 1)
  for (const [verb, id] of [
    ['approve', second],
    ['reject', first]
  ]) {
    await refused(t, stage, () => people.owner(`select app_public.${verb}_join_request($1)`, [id]), 'REQUEST_CLOSED')
  }
})
