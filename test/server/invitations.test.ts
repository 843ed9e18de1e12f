import test from 'ava'
import { pino } from 'pino'
import { startWorker } from '../../worker/index.ts'
import { startApi, type Api } from '../helpers/api.ts'
import { startSmtp, type MailServer } from '../helpers/smtp.ts'
import { workerConfig } from '../helpers/worker.ts'

let api: Api
let smtp: MailServer
let worker: Awaited<ReturnType<typeof startWorker>>
const lines: string[] = []
test.before(async () => {
  api = await startApi()
  smtp = await startSmtp()
  worker = await startWorker(
    workerConfig(api.database, { smtpUrl: smtp.url, appUrl: 'https://app.example.com/' }),
    pino({}, { write: (line: string) => void lines.push(line) })
  )
})
test.after.always(async () => {
  await worker?.close()
  await smtp?.close()
  await api?.close()
})

const accept = async (body: Record<string, string>, token?: string) => {
  const response = await fetch(`${api.url}/auth/invitations/accept`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
    body: JSON.stringify(body)
  })
  return { status: response.status, body: (await response.json()) as any }
}
const mailTo = async (address: string, subject: RegExp): Promise<string> => {
  for (let count = 1; ; count++) {
    const mails = await smtp.received(count)
    const found = mails.find(({ to, content }) => to.includes(address) && subject.test(content))
    if (found) return found.content
  }
}
const secretOf = (mail: string) => /https:\/\/app\.example\.com\/[a-z-]+#token=(\w{4}[\w-]{43})/.exec(mail)![1]!

test('somebody without an account is invited by e-mail, accepts with name and password, and signs in', async t => {
  const owner = await api.join('host')
  const ask = (query: string, token: string) => api.graphql(query, { token })
  await ask('mutation { createOrganization(input: { name: "Host", slug: "host" }) { result { id } } }', owner)
  const invited = await ask(
    'mutation { inviteMember(input: { email: "Guest@example.com" }) { result { id email status } } }',
    owner
  )
  t.like(invited.data.inviteMember.result, { email: 'guest@example.com', status: 'pending' })
  const mail = await mailTo('guest@example.com', /Subject: host invites you to Host/)
  const token = secretOf(mail)

  t.like(await accept({ token }), { status: 401, body: { code: 'SIGN_IN_OR_REGISTER' } })
  t.like(await accept({}), { status: 422, body: { code: 'INVALID_INPUT' } })
  t.like(await accept({ token, name: 'Guest', password: 'short' }), { status: 422 })
  t.like(await accept({ token }, owner), { status: 403, body: { code: 'INVITATION_WRONG_ADDRESS' } })
  const account = { token, name: 'Guest', password: 'password of guest' }
  t.like(await accept(account), { status: 200, body: { status: 'joined' } })
  t.like(await accept(account), { status: 409, body: { code: 'INVITATION_NEEDS_SIGN_IN' } })
  const { body } = await api.token({
    grant_type: 'password',
    username: 'guest@example.com',
    password: account.password
  })
  const { data } = await ask('{ organizations { nodes { slug } } members { nodes { role } } }', body.access_token)
  t.deepEqual(data.organizations.nodes, [{ slug: 'host' }])
  t.is(data.members.nodes.length, 2)
  t.like(await accept({ token }, body.access_token), { status: 409, body: { code: 'INVITATION_ACCEPTED' } })

  const everything = [...lines, ...api.logs.map(line => JSON.stringify(line))].join('\n')
  t.true(everything.includes('mail sent'))
  t.false(everything.includes(token), 'no log has it')
})

test('with a join code people wait for an approval, and are told', async t => {
  const owner = await api.join('club')
  const ask = (query: string, token: string) => api.graphql(query, { token })
  await ask('mutation { createOrganization(input: { name: "Club", slug: "club" }) { result { id } } }', owner)
  const { data } = await ask(
    'mutation { createJoinLink(input: { needsApproval: true }) { result { code joinLink { maxUses } } } }',
    owner
  )
  const { code } = data.createJoinLink.result
  t.regex(code, /^rgj_[0-9a-f]{64}$/)
  const applicant = await api.join('applicant')
  t.like(await accept({ token: code }, applicant), { status: 200, body: { status: 'pending' } })
  await mailTo('club@example.com', /Subject: applicant asks to join Club/)
  const requests = await ask('{ joinRequests { nodes { id name email status } } }', owner)
  const [request] = requests.data.joinRequests.nodes
  t.like(request, { name: 'applicant', status: 'pending' })
  await ask(`mutation { approveJoinRequest(input: { joinRequestId: "${request.id}" }) { result { status } } }`, owner)
  await mailTo('applicant@example.com', /Subject: You are in Club now/)
  const { data: inside } = await ask('{ organizations { nodes { slug } } }', applicant)
  t.deepEqual(inside.organizations.nodes, [{ slug: 'club' }])
})
