import { generateKeyPairSync, type KeyObject } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import anyTest, { type TestFn } from 'ava'
import jwt from 'jsonwebtoken'
import { readTokenKeys } from '../../server/keys.ts'
import { issueAccessToken } from '../../server/tokens.ts'
import { startApi, type Api } from '../helpers/api.ts'

const test = anyTest as TestFn<{ folder: string }>
test.beforeEach(t => {
  t.context = { folder: mkdtempSync(join(tmpdir(), 'rowgate-keys-')) }
})
test.afterEach.always(t => rmSync(t.context.folder, { recursive: true }))

const pem = (key: KeyObject) => String(key.export({ format: 'pem', type: key.type === 'private' ? 'pkcs8' : 'spki' }))
const ec = () => generateKeyPairSync('ec', { namedCurve: 'P-256' })
const rsa = (modulusLength = 2048) => generateKeyPairSync('rsa', { modulusLength })
const write = (folder: string, name: string, content: string) => writeFileSync(join(folder, `${name}.pem`), content)
const me = async (api: Api, token: string) => {
  const { status, errors } = await api.graphql('{ me { name } }', { token })
  return errors ? errors[0]!.extensions['code'] : status
}
const jwks = async (api: Api) => (await (await fetch(`${api.url}/.well-known/jwks.json`)).json()) as { keys: any[] }

test('tokens are signed by a key pair, checked by its kid, and its public part is published', async t => {
  const { folder } = t.context
  const pair = ec()
  write(folder, '2026-a', pem(pair.privateKey))
  const api = await startApi({ jwtKeys: folder, jwtSecret: undefined })
  t.teardown(() => api.close())
  const token = await api.join('paired')
  const { header, payload } = jwt.decode(token, { complete: true }) as jwt.Jwt & { payload: jwt.JwtPayload }
  t.like(header, { alg: 'ES256', typ: 'at+jwt', kid: '2026-a' })
  t.is(await me(api, token), 200)
  const published = await jwks(api)
  t.deepEqual(published.keys, [
    { ...pair.publicKey.export({ format: 'jwk' }), kid: '2026-a', alg: 'ES256', use: 'sig' }
  ])

  const sign = (key: KeyObject | string, changes: object, algorithm: jwt.Algorithm = 'ES256') =>
    jwt.sign(payload, key, { header: { alg: algorithm, typ: 'at+jwt', kid: '2026-a', ...changes } } as jwt.SignOptions)
  t.is(await me(api, sign(pair.privateKey, {})), 200, 'the control: signed again')
  t.is(await me(api, sign(ec().privateKey, {})), 'TOKEN_INVALID', 'another pair under the same kid')
  for (const kid of ['2026-b', '../2026-a', '', undefined, '__proto__']) {
    t.is(await me(api, sign(pair.privateKey, { kid })), 'TOKEN_INVALID', `kid ${kid}`)
  }
  // The public key is no secret: it must not pass for one.
  const publicPem = pem(pair.publicKey)
  for (const secret of [
    publicPem,
    publicPem.trim(),
    publicPem.replaceAll('\n', '\\n'),
    JSON.stringify(published.keys[0])
  ]) {
    const body = [{ alg: 'HS256', typ: 'at+jwt', kid: '2026-a' }, payload].map(part =>
      Buffer.from(JSON.stringify(part)).toString('base64url')
    )
    const { createHmac } = await import('node:crypto')
    const signature = createHmac('sha256', secret).update(body.join('.')).digest('base64url')
    t.is(await me(api, [...body, signature].join('.')), 'TOKEN_INVALID')
  }
  t.is(
    await me(api, sign(pair.privateKey, { jwk: ec().publicKey.export({ format: 'jwk' }), jku: 'http://x' })),
    200,
    'and what the header brings along is not looked at'
  )
  t.is(await me(api, sign(pair.privateKey, { crit: ['x'] })), 'TOKEN_INVALID')
})

test('keys rotate: the new one signs while the old one still checks, and the secret before both', async t => {
  const { folder } = t.context
  const [first, second] = [ec(), rsa()]
  write(folder, 'first', pem(first.privateKey))
  const api = await startApi({ jwtKeys: folder })
  const old = await api.join('rotating')
  const bySecret = issueAccessToken(readTokenKeys('a secret for tests, long enough to sign with'), subjectOf(old))

  write(folder, 'second', pem(second.privateKey))
  const rotated = await startApi({ jwtKeys: folder, jwtSignWith: 'second' }, api.database)
  // The private part of the first is not needed any more.
  write(folder, 'first', pem(first.publicKey))
  const later = await startApi({ jwtKeys: folder, jwtSecret: undefined }, api.database)
  rmSync(join(folder, 'first.pem'))
  const last = await startApi({ jwtKeys: folder, jwtSecret: undefined }, api.database)
  t.teardown(async () => {
    for (const one of [last, later, rotated, api]) await one.close()
  })
  const { body } = await rotated.token({
    grant_type: 'password',
    username: 'rotating@example.com',
    password: 'password of rotating'
  })
  t.like(jwt.decode(body.access_token, { complete: true })!.header, { alg: 'RS256', kid: 'second' })
  t.deepEqual(
    (await jwks(later)).keys.map(({ kid, alg }) => [kid, alg]),
    [
      ['first', 'ES256'],
      ['second', 'RS256']
    ]
  )
  const accepted = async (token: string) => Promise.all([api, rotated, later, last].map(one => me(one, token)))
  t.deepEqual(await accepted(old), [200, 200, 200, 'TOKEN_INVALID'])
  t.deepEqual(await accepted(body.access_token), ['TOKEN_INVALID', 200, 200, 200])
  t.deepEqual(await accepted(bySecret), [200, 200, 'TOKEN_INVALID', 'TOKEN_INVALID'])
})

const subjectOf = (token: string) => {
  const { sub, sid } = jwt.decode(token) as jwt.JwtPayload
  return { userId: sub!, sessionId: sid as string }
}

test('a folder that can not sign, or holds what is no good key, is an error at start', t => {
  const { folder } = t.context
  const read = (signWith?: string) => () => readTokenKeys(undefined, folder, signWith)
  t.throws(read(), { message: /there is no private key/ })
  write(folder, 'public', pem(ec().publicKey))
  t.throws(read(), { message: /there is no private key/ })
  t.throws(read('public'), { message: /there is no private key public\.pem/ })
  write(folder, 'one', pem(ec().privateKey))
  t.is(read()().sign.kid, 'one')
  write(folder, 'two', pem(rsa().privateKey))
  t.throws(read(), { message: /must say which key signs/ })
  t.is(read('two')().sign.algorithm, 'RS256')

  write(folder, 'bad', pem(ec().privateKey).replaceAll('\n', '\\n'))
  t.throws(read('two'), { message: /bad\.pem is not a key in PEM form/ })
  for (const weak of [
    rsa(1024).privateKey,
    generateKeyPairSync('ec', { namedCurve: 'secp256k1' }).privateKey,
    generateKeyPairSync('ed25519').privateKey
  ]) {
    write(folder, 'bad', pem(weak))
    t.throws(read('two'), { message: /P-256 \(ES256\), or an RSA key of at least 2048/ })
  }
  t.throws(() => readTokenKeys('x'.repeat(31)), { message: /at least 32 bytes/ })
  t.throws(() => readTokenKeys(undefined), { message: /is needed to sign/ })
})
