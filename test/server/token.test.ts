import test from 'ava'
import { createSecretKey } from 'node:crypto'
import jwt from 'jsonwebtoken'
import { startApi, testConfig, type Api } from '../helpers/api.ts'

let api: Api
test.before(async () => {
  api = await startApi()
})
test.after.always(() => api.close())

const me = (token: string) => api.graphql('{ me { email } }', { token })
const signIn = (name: string, extra: Record<string, string> = {}) =>
  api.token({ grant_type: 'password', username: `${name}@example.com`, password: `password of ${name}`, ...extra })

test('the password grant answers a bearer token, its lifetime and a refresh token', async t => {
  await api.join('ada')
  const { status, body } = await signIn('ada')
  t.is(status, 200)
  t.like(body, { token_type: 'Bearer', expires_in: 900 })
  t.is((await me(body.access_token)).data.me.email, 'ada@example.com')
  t.deepEqual(Object.keys(body).sort(), ['access_token', 'expires_in', 'refresh_token', 'token_type'])
})

test('the e-mail address is taken in any case', async t => {
  await api.join('case')
  t.is((await signIn('CASE', { password: 'password of case' })).status, 200)
})

test('an unknown address and a wrong password get the same answer', async t => {
  await api.join('known')
  const wrong = await signIn('known', { password: 'not the password' })
  const unknown = await signIn('unknown', { password: 'not the password' })
  t.is(wrong.status, 400)
  t.is(wrong.body.error, 'invalid_grant')
  t.deepEqual({ ...unknown.body, request_id: '' }, { ...wrong.body, request_id: '' })
  t.is(unknown.status, wrong.status)
})

test('after ten wrong passwords the account is not tried any more, and the answer says for how long', async t => {
  await api.join('guessed')
  for (let n = 0; n < 10; n++) t.is((await signIn('guessed', { password: 'wrong' })).body.error, 'invalid_grant')
  const response = await fetch(`${api.url}/auth/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'password',
      username: 'guessed@example.com',
      password: 'password of guessed'
    })
  })
  t.is(response.status, 429)
  const body: any = await response.json()
  t.like(body, { error: 'temporarily_unavailable', code: 'RATE_LIMITED', level: 'account' })
  t.is(response.headers.get('retry-after'), String(body.retry_after))
  const counted = `select attempts from app_private.sign_in_attempts where subject = sha256('account:guessed@example.com')`
  t.is((await api.database.admin.query(counted)).rows[0].attempts, 11, 'the refusal has left its trace')
})

test('a refresh token works once, and the next one works', async t => {
  await api.join('once')
  const first = (await signIn('once')).body
  const second = await api.token({ grant_type: 'refresh_token', refresh_token: first.refresh_token })
  const third = await api.token({ grant_type: 'refresh_token', refresh_token: second.body.refresh_token })
  t.is(third.status, 200)
  t.is((await me(third.body.access_token)).errors, undefined)
})

test('a refresh token that comes back ends its session, for whoever has the next one, and no other session', async t => {
  await api.join('rota')
  const first = (await signIn('rota')).body
  const elsewhere = (await signIn('rota')).body
  const second = await api.token({ grant_type: 'refresh_token', refresh_token: first.refresh_token })
  t.is(second.status, 200)
  t.is((await me(second.body.access_token)).errors, undefined)
  const again = await api.token({ grant_type: 'refresh_token', refresh_token: first.refresh_token })
  t.is(again.status, 400)
  t.like(again.body, { error: 'invalid_grant', code: 'REFRESH_TOKEN_REUSED' })
  const third = await api.token({ grant_type: 'refresh_token', refresh_token: second.body.refresh_token })
  t.like(third, { status: 400, body: { error: 'invalid_grant' } })
  t.is((await me(second.body.access_token)).errors![0]!.extensions['code'], 'SESSION_ENDED')
  t.is((await me(elsewhere.access_token)).errors, undefined)
  const { rows } = await api.database.admin.query(
    "select ended_because from app_private.sessions where ended_because <> 'signed_out'"
  )
  t.deepEqual(rows, [{ ended_because: 'refresh_token_reused' }], 'the refusal has left its trace')
})

test('signing out ends access and refresh token on the next request', async t => {
  await api.join('leaver')
  const { body } = await signIn('leaver')
  const other = (await signIn('leaver')).body
  t.is((await me(body.access_token)).errors, undefined)
  await api.graphql('mutation { signOut(input: {}) { clientMutationId } }', { token: body.access_token })
  const refused = await me(body.access_token)
  t.is(refused.status, 401)
  t.is(refused.data, undefined)
  t.is(refused.errors![0]!.extensions['code'], 'SESSION_ENDED')
  t.is(refused.headers.get('www-authenticate'), 'Bearer')
  t.is(
    (await api.token({ grant_type: 'refresh_token', refresh_token: body.refresh_token })).body.error,
    'invalid_grant'
  )
  t.is((await me(other.access_token)).errors, undefined, 'another session of the same person goes on')
})

test('a request for a token that lacks something says what', async t => {
  for (const [fields, error] of [
    [{}, 'invalid_request'],
    [{ grant_type: 'password', username: 'ada@example.com' }, 'invalid_request'],
    [{ grant_type: 'refresh_token' }, 'invalid_request'],
    [{ grant_type: 'authorization_code' }, 'unsupported_grant_type'],
    [{ grant_type: 'refresh_token', refresh_token: 'rgr_nonsense' }, 'invalid_grant']
  ] as [Record<string, string>, string][]) {
    const { status, body } = await api.token(fields)
    t.is(status, 400)
    t.is(body.error, error)
    t.truthy(body.error_description)
  }
})

test('a token narrowed to an organization acts only there', async t => {
  const token = await api.join('narrow')
  for (const slug of ['narrow-one', 'narrow-two']) {
    await api.graphql(
      `mutation { createOrganization(input: { name: "${slug}", slug: "${slug}" }) { result { id } } }`,
      { token }
    )
  }
  const both = await api.graphql('{ organizations { nodes { slug } } }', { token })
  t.is(both.data.organizations.nodes.length, 2)
  const { body } = await signIn('narrow', { tenant: 'narrow-one' })
  const one = await api.graphql('{ organizations { nodes { slug } } }', { token: body.access_token })
  t.deepEqual(one.data.organizations.nodes, [{ slug: 'narrow-one' }])
  const disagree = await api.graphql('{ me { id } }', { token: body.access_token, tenant: 'narrow-two' })
  t.is(disagree.status, 422)
  t.is(disagree.errors![0]!.extensions['code'], 'TENANT_HINTS_DISAGREE')
  t.is((await api.graphql('{ me { id } }', { token: body.access_token, tenant: 'narrow-one' })).errors, undefined)

  const refreshed = (await api.token({ grant_type: 'refresh_token', refresh_token: body.refresh_token })).body
  const still = await api.graphql('{ organizations { nodes { slug } } }', { token: refreshed.access_token })
  t.deepEqual(still.data.organizations.nodes, [{ slug: 'narrow-one' }])

  const foreign = await signIn('narrow', { tenant: 'somebody-elses' })
  t.is(foreign.status, 403)
  t.is(foreign.body.code, 'TENANT_FORBIDDEN')
})

test('only a token of exactly our making is accepted', async t => {
  const good = await api.join('forge')
  const secret = testConfig('').jwtSecret
  const key = createSecretKey(Buffer.from(secret))
  const payload = jwt.verify(good, key) as jwt.JwtPayload
  const header = { alg: 'HS256', typ: 'at+jwt' }
  const sign = (claims: object, options: object = {}) =>
    jwt.sign(claims, key, { algorithm: 'HS256', header, ...options } as jwt.SignOptions)
  const without = (name: string) => Object.fromEntries(Object.entries(payload).filter(([claim]) => claim !== name))

  t.is((await me(sign(payload))).errors, undefined, 'the control: the same claims signed again')
  const none = `${Buffer.from('{"alg":"none","typ":"at+jwt"}').toString('base64url')}.${good.split('.')[1]}.`
  const bad: Record<string, string> = {
    'alg none': none,
    'another secret': jwt.sign(payload, createSecretKey(Buffer.alloc(32)), {
      algorithm: 'HS256',
      header
    } as jwt.SignOptions),
    'another algorithm': jwt.sign(payload, key, { algorithm: 'HS512', header: { ...header, alg: 'HS512' } }),
    'another type': jwt.sign(payload, key, { algorithm: 'HS256' }),
    'an unknown critical header': sign(payload, { header: { ...header, crit: ['x'] } }),
    'another issuer': sign({ ...payload, iss: 'somebody' }),
    'another audience': sign({ ...payload, aud: 'something' }),
    'a subject that is no id': sign({ ...payload, sub: "x' or 1=1" }),
    'a tenant that is no id': sign({ ...payload, org: 'acme' }),
    'a changed signature': `${good.slice(0, -6)}AAAAAA`,
    'no token at all': 'garbage',
    ...Object.fromEntries(
      ['exp', 'iat', 'iss', 'aud', 'sub', 'sid', 'jti'].map(name => [
        `no ${name}`,
        sign(without(name), { noTimestamp: true })
      ])
    )
  }
  for (const [what, token] of Object.entries(bad)) {
    const { status, errors, data } = await me(token)
    t.is(status, 401, what)
    t.is(errors![0]!.extensions['code'], 'TOKEN_INVALID', what)
    t.is(data, undefined, what)
  }
  const expired = await me(sign({ ...payload, iat: payload.iat! - 1000, exp: payload.iat! - 100 }))
  t.is(expired.errors![0]!.extensions['code'], 'TOKEN_EXPIRED')
})

test('a token of one person with the session of another is refused', async t => {
  const key = createSecretKey(Buffer.from(testConfig('').jwtSecret))
  const [one, two] = [await api.join('one'), await api.join('two')].map(token => jwt.decode(token) as jwt.JwtPayload)
  const mixed = jwt.sign({ ...one, sid: two!['sid'] }, key, { header: { alg: 'HS256', typ: 'at+jwt' } })
  const { status, errors } = await me(mixed)
  t.is(status, 401)
  t.is(errors![0]!.extensions['code'], 'SESSION_ENDED')
})
