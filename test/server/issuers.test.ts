import { generateKeyPairSync } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import test from 'ava'
import jwt from 'jsonwebtoken'
import { startApi, type Api } from '../helpers/api.ts'

const pair = generateKeyPairSync('rsa', { modulusLength: 2048 })
const stranger = generateKeyPairSync('rsa', { modulusLength: 2048 })
let asked = 0
let isUp = true
const provider = createServer((request, response) => {
  asked += 1
  if (!isUp) return void response.writeHead(500).end()
  const keys = [{ ...pair.publicKey.export({ format: 'jwk' }), kid: 'theirs', alg: 'RS256', use: 'sig' }]
  response.setHeader('content-type', 'application/json').end(JSON.stringify(request.url === '/jwks' ? { keys } : {}))
})
let issuer: string
let api: Api
test.before(async () => {
  provider.listen(0, '127.0.0.1')
  await once(provider, 'listening')
  issuer = `http://127.0.0.1:${(provider.address() as AddressInfo).port}`
  api = await startApi({ issuers: [{ issuer, audience: 'rowgate-app', jwksUri: `${issuer}/jwks` }] })
})
test.after.always(async () => {
  await api?.close()
  provider.close()
})

const theirs = (subject: string, changes: jwt.SignOptions & { key?: typeof pair } = {}) => {
  const { key = pair, ...options } = changes
  return jwt.sign({ email: 'owner@example.com' }, key.privateKey, {
    algorithm: 'RS256',
    keyid: 'theirs',
    issuer,
    audience: 'rowgate-app',
    subject,
    expiresIn: 300,
    ...options
  })
}
const me = async (token: string) => {
  const { data, errors } = await api.graphql('{ me { name } }', { token })
  return errors ? errors[0]!.extensions['code'] : data.me.name
}
const link = async (token: string, foreign: unknown) => {
  const response = await fetch(`${api.url}/auth/identities`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ token: foreign })
  })
  return response.status === 204 ? 204 : ((await response.json()) as any).code
}

test('a token of another issuer acts as whoever linked its subject, and as nobody before', async t => {
  const own = await api.join('linked')
  t.is(await me(theirs('subject-1')), 'IDENTITY_UNKNOWN')
  t.is(await link(own, theirs('subject-1')), 204)
  t.is(await me(theirs('subject-1')), 'linked')
  t.is(await link(own, theirs('subject-1')), 204, 'again')
  t.is(await me(theirs('subject-2')), 'IDENTITY_UNKNOWN', 'the e-mail address in the token is nobody')

  const other = await api.join('other')
  t.is(await link(other, theirs('subject-1')), 'ALREADY_EXISTS')
  t.is(await me(theirs('subject-1')), 'linked')
  t.is(await link(theirs('subject-1'), theirs('subject-3')), 'UNAUTHENTICATED', 'linking needs a session of our own')
  t.is(await link(own, own), 'TOKEN_INVALID', 'one of our own is no other issuer')

  await api.database.admin.query("delete from app_private.user_identities where subject = 'subject-1'")
  t.is(await me(theirs('subject-1')), 'IDENTITY_UNKNOWN', 'on the next request')
})

test('only a token that the issuer signed for us is taken', async t => {
  t.is(await link(await api.join('careful'), theirs('careful')), 204)
  t.is(await me(theirs('careful')), 'careful', 'the control')
  const bad: [string, string][] = [
    [theirs('careful', { key: stranger }), 'another key under the same kid'],
    [theirs('careful', { audience: 'somebody-else' }), 'for another audience'],
    [theirs('careful', { issuer: 'https://unknown.example.com' }), 'another issuer'],
    [theirs('careful', { keyid: 'unknown' }), 'an unknown kid'],
    [theirs('careful', { algorithm: 'RS512' }), 'another algorithm'],
    [theirs(''), 'no subject'],
    [theirs('x'.repeat(256)), 'too long a subject'],
    [
      jwt.sign({ sub: 'careful' }, '', {
        algorithm: 'none',
        issuer,
        audience: 'rowgate-app',
        expiresIn: 60
      } as jwt.SignOptions),
      'no signature'
    ],
    [
      jwt.sign({ sub: 'careful' }, pair.privateKey, {
        algorithm: 'RS256',
        keyid: 'theirs',
        issuer,
        audience: 'rowgate-app'
      }),
      'without an end'
    ]
  ]
  for (const [token, what] of bad) t.is(await me(token), 'TOKEN_INVALID', what)
  t.is(await me(theirs('careful', { expiresIn: -60 })), 'TOKEN_EXPIRED')
})

test.serial('their keys are asked for once, and made-up key ids are no way to make us ask without end', async t => {
  t.is(await me(theirs('nobody')), 'IDENTITY_UNKNOWN')
  const before = asked
  for (let n = 0; n < 5; n++) t.is(await me(theirs('nobody')), 'IDENTITY_UNKNOWN')
  t.is(asked, before)
  for (let n = 0; n < 30; n++) t.is(await me(theirs('nobody', { keyid: `made-up-${n}` })), 'TOKEN_INVALID')
  t.true(asked - before <= 10)
})

test.serial(
  'while their keys are out of reach, those that are known go on, and the rest is told to come back',
  async t => {
    isUp = false
    t.is(await me(theirs('nobody')), 'IDENTITY_UNKNOWN')
    const fresh = await startApi(
      { issuers: [{ issuer, audience: 'rowgate-app', jwksUri: `${issuer}/jwks` }] },
      api.database
    )
    const { status, errors } = await fresh.graphql('{ me { name } }', { token: theirs('nobody') })
    isUp = true
    t.is(status, 503)
    t.is(errors![0]!.extensions['code'], 'ISSUER_UNAVAILABLE')
    const again = await fresh.graphql('{ me { name } }', { token: theirs('nobody') })
    t.is(again.errors![0]!.extensions['code'], 'IDENTITY_UNKNOWN')
    await fresh.close()
  }
)
