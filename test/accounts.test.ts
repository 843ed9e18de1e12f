import test from 'ava'
import { pino } from 'pino'
import { startWorker } from '../worker/index.ts'
import { startApi } from './helpers/api.ts'
import { startSmtp } from './helpers/smtp.ts'
import { workerConfig } from './helpers/worker.ts'

test('register, confirm, invite by mail and by code, approve, accept, no seat left, upgrade, reset, change address, leave, delete', async t => {
  const api = await startApi()
  const smtp = await startSmtp()
  const worker = await startWorker(
    workerConfig(api.database, { smtpUrl: smtp.url, appUrl: 'https://app.example.com' }),
    pino({ level: 'silent' })
  )
  t.teardown(async () => {
    await worker.close()
    await smtp.close()
    await api.close()
  })
  const post = async (path: string, body: Record<string, string>, token?: string) => {
    const response = await fetch(`${api.url}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
      body: JSON.stringify(body)
    })
    const text = await response.text()
    return { status: response.status, body: text ? JSON.parse(text) : undefined }
  }
  /** The secret in the next mail to an address with such a subject. */
  const seen = new Set<string>()
  const mailed = async (address: string, subject: RegExp): Promise<string> => {
    for (let count = 1; ; count++) {
      for (const { to, content } of await smtp.received(count)) {
        if (!to.includes(address) || !subject.test(content) || seen.has(content)) continue
        seen.add(content)
        return /#token=([\w-]+)/.exec(content)?.[1] ?? ''
      }
    }
  }
  const ask = async (query: string, token?: string) => {
    const { data, errors } = await api.graphql(query, token === undefined ? {} : { token })
    t.is(errors, undefined, query)
    return data
  }
  const refusedWith = async (query: string, token: string) =>
    (await api.graphql(query, { token })).errors?.[0]?.extensions
  const register = (name: string) =>
    ask(
      `mutation { register(input: { email: "${name}@example.com", name: "${name}", password: "password of ${name}" }) { clientMutationId } }`
    )
  const signIn = async (name: string, password = `password of ${name}`) =>
    (await api.token({ grant_type: 'password', username: `${name}@example.com`, password })).body.access_token as string
  const confirm = async (address: string, subject = /Subject: Confirm/) => {
    const { body } = await post('/auth/email/confirm', { token: await mailed(address, subject) })
    return body.status
  }

  // Two people register, and confirm their addresses.
  for (const name of ['olga', 'max']) {
    await register(name)
    t.is(await confirm(`${name}@example.com`), 'confirmed')
  }
  const olga = await signIn('olga')
  const max = await signIn('max')
  t.truthy((await ask('{ me { emailVerifiedAt } }', max)).me.emailVerifiedAt)
  await ask('mutation { createOrganization(input: { name: "Mill", slug: "mill" }) { result { id } } }', olga)

  // One is invited by e-mail, has no account, and is there at once.
  await ask('mutation { inviteMember(input: { email: "nina@example.com", role: "admin" }) { result { id } } }', olga)
  const invitation = await mailed('nina@example.com', /Subject: olga invites you to Mill/)
  const account = { token: invitation, name: 'Nina', password: 'password of nina' }
  t.like(await post('/auth/invitations/accept', account), { status: 200, body: { status: 'joined' } })
  const nina = await signIn('nina')

  // One has a code, and waits until the new admin approves.
  const { createJoinLink } = await ask(
    'mutation { createJoinLink(input: { needsApproval: true, allowedDomains: ["example.com"] }) { result { code } } }',
    olga
  )
  const { code } = createJoinLink.result
  t.like(await post('/auth/invitations/accept', { token: code }, max), { status: 200, body: { status: 'pending' } })
  t.deepEqual((await ask('{ organizations { nodes { slug } } }', max)).organizations.nodes, [])
  await mailed('nina@example.com', /Subject: max asks to join Mill/)
  const { joinRequests } = await ask('{ joinRequests { nodes { id } } }', nina)
  await ask(
    `mutation { approveJoinRequest(input: { joinRequestId: "${joinRequests.nodes[0].id}" }) { result { status } } }`,
    nina
  )
  await mailed('max@example.com', /Subject: You are in Mill now/)
  t.is((await ask('{ members { nodes { role } } }', max)).members.nodes.length, 3)

  // The plan's five seats: the sixth waits for another plan, and its code is as good as before.
  const open = await ask('mutation { createJoinLink(input: { maxUses: 3 }) { result { code } } }', olga)
  const seat = { token: open.createJoinLink.result.code as string }
  for (const name of ['paul', 'quin', 'rita']) {
    await register(name)
    t.is(await confirm(`${name}@example.com`), 'confirmed')
  }
  const [paul, quin, rita] = [await signIn('paul'), await signIn('quin'), await signIn('rita')]
  t.like(await post('/auth/invitations/accept', seat, paul), { status: 200, body: { status: 'joined' } })
  t.like(await post('/auth/invitations/accept', seat, quin), { status: 200, body: { status: 'joined' } })
  t.like(await post('/auth/invitations/accept', seat, rita), {
    status: 402,
    body: { code: 'QUOTA_EXCEEDED', resource: 'seats', limit: 5, used: 5 }
  })
  t.deepEqual((await ask('{ organizations { nodes { slug } } }', rita)).organizations.nodes, [])
  await ask('mutation { changePlan(input: { plan: "basic" }) { result { plan } } }', olga)
  t.like(await post('/auth/invitations/accept', seat, rita), { status: 200, body: { status: 'joined' } })
  t.like(await post('/auth/invitations/accept', seat, paul), { status: 410, body: { code: 'INVITATION_USED_UP' } })
  t.is((await ask('{ members { nodes { role } } }', rita)).members.nodes.length, 6)

  // A forgotten password: one link, once, and everybody signed in with the old one is out.
  t.is((await post('/auth/password/forgot', { email: 'max@example.com' })).status, 202)
  t.is((await post('/auth/password/forgot', { email: 'nobody@example.com' })).status, 202)
  const reset = { token: await mailed('max@example.com', /Subject: Set a new password/), password: 'another password' }
  t.is((await post('/auth/password/reset', reset)).status, 204)
  t.like(await post('/auth/password/reset', reset), { status: 410, body: { code: 'LINK_INVALID' } })
  t.is((await refusedWith('{ me { id } }', max))!['code'], 'SESSION_ENDED')
  const maxAgain = await signIn('max', 'another password')

  // A changed password, with the sessions to choose from.
  const elsewhere = await signIn('max', 'another password')
  t.is((await ask('{ mySessions { nodes { device address current } } }', maxAgain)).mySessions.nodes.length, 2)
  const change = { current_password: 'another password', password: 'a third password' }
  const wrong = { ...change, current_password: 'wrong' }
  t.like(await post('/auth/password', wrong, maxAgain), { status: 403, body: { code: 'PASSWORD_WRONG' } })
  t.is((await post('/auth/password', change, maxAgain)).status, 204)
  t.is((await refusedWith('{ me { id } }', elsewhere))!['code'], 'SESSION_ENDED')

  // Another address, which both confirm.
  await ask('mutation { changeEmail(input: { email: "maxim@example.com" }) { clientMutationId } }', maxAgain)
  t.is(await confirm('max@example.com', /Subject: Confirm the new e-mail address/), 'waiting')
  t.is(await confirm('maxim@example.com', /Subject: Confirm the new e-mail address/), 'confirmed')
  const maxim = await signIn('maxim', 'a third password')
  t.is((await ask('{ me { email } }', maxim)).me.email, 'maxim@example.com')

  // Leaving, and the end of accounts: the only owner first makes somebody else one.
  await ask('mutation { leaveOrganization(input: {}) { result { id } } }', maxim)
  const deletion = (email: string) => `mutation { deleteAccount(input: { email: "${email}" }) { clientMutationId } }`
  await ask(deletion('maxim@example.com'), maxim)
  t.is((await refusedWith('{ me { id } }', maxim))!['code'], 'SESSION_ENDED')
  const alone = await refusedWith(deletion('olga@example.com'), olga)
  t.is(alone!['code'], 'LAST_OWNER')
  t.like(alone!['organizations'][0], { slug: 'mill' })
  const { members } = await ask('{ members { nodes { userId role } } }', olga)
  const admin = members.nodes.find(({ role }: { role: string }) => role === 'admin').userId
  await ask(`mutation { changeMemberRole(input: { userId: "${admin}", role: "owner" }) { result { role } } }`, olga)
  await ask(deletion('olga@example.com'), olga)
  for (const person of [paul, quin, rita])
    await ask('mutation { leaveOrganization(input: {}) { result { id } } }', person)
  t.is((await ask('{ members { nodes { role } } }', nina)).members.nodes.length, 1)

  // What is deleted can be had back.
  const { deleteOrganization } = await ask('mutation { deleteOrganization(input: {}) { result { id } } }', nina)
  t.deepEqual((await ask('{ organizations { nodes { slug } } }', nina)).organizations.nodes, [])
  t.like((await ask('{ deletedOrganizations { nodes { slug } } }', nina)).deletedOrganizations.nodes, [
    { slug: 'mill' }
  ])
  await ask(
    `mutation { restoreOrganization(input: { organizationId: "${deleteOrganization.result.id}" }) { result { slug } } }`,
    nina
  )
  t.deepEqual((await ask('{ organizations { nodes { slug } } }', nina)).organizations.nodes, [{ slug: 'mill' }])
})
