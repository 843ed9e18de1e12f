import test from 'ava'
import { startApi, type Api } from '../helpers/api.ts'

let api: Api
test.before(async () => {
  api = await startApi()
  await api.join('page')
})
test.after.always(() => api.close())

const person = { grant_type: 'password', username: 'page@example.com', password: 'password of page', store: 'cookie' }
const ownPage = { 'x-rowgate-page': 'console' }

async function token(fields: Record<string, string>, headers: Record<string, string> = ownPage, url = api.url) {
  const response = await fetch(`${url}/auth/token`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(fields)
  })
  const [cookie = ''] = response.headers.getSetCookie()
  return { status: response.status, body: (await response.json()) as any, cookie, pair: cookie.split(';')[0]! }
}
const refresh = (cookie: string) => token({ grant_type: 'refresh_token', store: 'cookie' }, { ...ownPage, cookie })

test('a page gets its refresh token in a cookie that no script reads and no other site sends', async t => {
  const { status, body, cookie } = await token(person)
  t.is(status, 200)
  t.deepEqual(Object.keys(body).sort(), ['access_token', 'expires_in', 'token_type'])
  t.regex(cookie, /^rowgate=rgr_[^;]+; Max-Age=2592000; Path=\/; Expires=[^;]+; HttpOnly; SameSite=Strict$/)
  const plain = await token({ ...person, store: '' })
  t.truthy(plain.body.refresh_token)
  t.is(plain.cookie, '')
})

test('in production the cookie is for this host and TLS alone', async t => {
  const production = await startApi({ production: true }, api.database)
  t.teardown(() => production.close())
  const { cookie } = await token(person, ownPage, production.url)
  t.regex(
    cookie,
    /^__Host-rowgate=rgr_[^;]+; Max-Age=2592000; Path=\/; Expires=[^;]+; HttpOnly; Secure; SameSite=Strict$/
  )
})

test('the cookie is exchanged once; one that comes back is forgotten with its session', async t => {
  const first = await token(person)
  const second = await refresh(first.pair)
  t.is(second.status, 200)
  t.not(second.pair, first.pair)
  t.is((await api.graphql('{ me { email } }', { token: second.body.access_token })).data.me.email, 'page@example.com')
  const again = await refresh(first.pair)
  t.like(again, { status: 400, body: { code: 'REFRESH_TOKEN_REUSED' } })
  t.regex(again.cookie, /^rowgate=; Path=\/; Expires=Thu, 01 Jan 1970/)
  t.is((await refresh(second.pair)).status, 400)
  t.is((await refresh('other=1')).status, 400, 'and without a cookie there is nothing to exchange')
})

test('no other origin signs a browser in or renews its session', async t => {
  const { pair } = await token(person)
  for (const headers of [
    { cookie: pair },
    { cookie: pair, origin: 'https://evil.example', ...ownPage },
    { cookie: pair, origin: 'null', ...ownPage }
  ] as Record<string, string>[]) {
    t.like(await token(person, headers), { status: 403, body: { code: 'CROSS_SITE' }, cookie: '' })
    const fields = { grant_type: 'refresh_token', store: 'cookie' }
    t.like(await token(fields, headers), { status: 403, body: { code: 'CROSS_SITE' }, cookie: '' })
  }
  const own = { cookie: pair, origin: api.url, ...ownPage }
  t.is((await token({ grant_type: 'refresh_token', store: 'cookie' }, own)).status, 200)
})

test('the console comes with a policy that runs no inline script and takes no style but its own', async t => {
  const [one, other] = await Promise.all([1, 2].map(() => fetch(`${api.url}/console/techcorp/budgets`)))
  const policy = one!.headers.get('content-security-policy')!
  t.regex(policy, /^default-src 'none'; script-src 'self'; style-src 'self' 'nonce-[\w+/=]{24}';/)
  t.notRegex(policy, /unsafe|\*/)
  t.not(policy, other!.headers.get('content-security-policy'))
  const page = await one!.text()
  const nonce = /'nonce-([^']+)'/.exec(policy)![1]!
  t.true(page.includes(`nonce="${nonce}"`))
  t.false(page.includes('__NONCE__'))
  t.false(/<script(?![^>]*src=)/.test(page))
  t.is(one!.headers.get('cache-control'), 'no-store')
  const asset = /\/console\/assets\/[^"]+\.js/.exec(page)![0]
  const script = await fetch(api.url + asset)
  t.is(script.status, 200)
  t.is(script.headers.get('cache-control'), 'public, max-age=31536000, immutable')
  // Packed for whoever takes it, and the same.
  const plain = await fetch(api.url + asset, { headers: { 'accept-encoding': 'identity' } })
  t.is(script.headers.get('content-encoding'), 'gzip')
  t.is(plain.headers.get('content-encoding'), null)
  t.is(script.headers.get('content-type'), plain.headers.get('content-type'))
  t.is(await script.text(), await plain.text())
  t.is((await fetch(`${api.url}/console/assets/nothing.js`)).status, 404)
})
