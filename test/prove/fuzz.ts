import { Agent, request } from 'node:http'
import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { chance, type Chance } from '../helpers/fuzz.ts'
import type { Proof } from '../helpers/proof.ts'
import { sabotage } from '../helpers/sabotage.ts'
import { startServerProcess } from '../helpers/server-process.ts'
import { newKey } from '../helpers/keys.ts'
import { foundTenant } from '../helpers/tenants.ts'

const query = JSON.stringify({ query: '{ organizations { nodes { slug } } usageRecords { nodes { model } } }' })
/** Where credentials are read, and what is sent along. */
const places = [
  ['/graphql', query, 'application/json'],
  ['/graphql', query, 'application/json'],
  ['/graphql', query, 'application/json'],
  ['/v1/key', '', 'application/json'],
  ['/auth/introspect', 'token=x', 'application/x-www-form-urlencoded'],
  ['/auth/token', 'grant_type=client_credentials', 'application/x-www-form-urlencoded']
] as const

interface Input {
  authorization: string | undefined
  tenant: string | undefined
  /** Whether it is the attacker's own credential, unharmed. */
  own: boolean
}

export default {
  title: 'no random credential or tenant is an error of ours, or a way in',
  family: 'edge',
  breaks: 'the database takes any API key for the one that it has',
  async run({ database, keep, log, short, broken }) {
    const db = await database()
    const [victim, attacker] = [await foundTenant(db, 'victim'), await foundTenant(db, 'attacker')]
    if (broken) {
      await sabotage(
        db.admin,
        'app_hidden.judged_key',
        'known.key_hash = judged_key.key_hash',
        'judged_key.key_hash is not null limit 1'
      )
    }
    // What the limits would refuse would not be tried.
    const server = await startServerProcess(db.apiUrl, { ROWGATE_RATE_LIMITS: '0' })
    keep(server.stop)
    const token = (await exchange(server.url, attacker.key)) ?? ''

    const seed = Math.floor(Math.random() * 2 ** 31)
    const random = chance(seed)
    const inputs = short ? 3000 : 100_000
    const statuses: Record<string, number> = {}
    const found: string[] = []
    let done = 0
    let asked = 0
    const worker = async () => {
      while (asked < inputs && found.length < 20) {
        asked += 1
        const input = invent(random, { token, victim, attacker })
        const place = random.pick(places)
        const { status, body } = await send(server.url, place, input)
        statuses[status] = (statuses[status] ?? 0) + 1
        const wrong = judge(status, body, place[0], input)
        if (wrong) found.push(`${wrong}: ${status} ${place[0]} ${JSON.stringify(input)} ${body.slice(0, 200)}`)
        done += 1
        if (done % 10_000 === 0) log(`${done} of ${inputs}`)
      }
    }
    await Promise.all(Array.from({ length: 32 }, worker))
    for (const line of found) log(line)

    // The controls: the right credentials still open what is theirs.
    const opens = async (key: string) =>
      (await send(server.url, places[0], { authorization: `Bearer ${key}`, tenant: undefined, own: true })).body
    const controls = /"victim"/.test(await opens(victim.key)) && /"attacker"/.test(await opens(token))
    return {
      passed: found.length === 0 && controls,
      figures: { seed, inputs: done, statuses, found: found.length, controls }
    }
  }
} satisfies Proof

/** What is wrong with an answer; undefined when it is as it should be. */
function judge(status: number, body: string, path: string, { authorization, own }: Input): string | undefined {
  if (status >= 500 || status === 0) return 'an error of ours'
  if (/"victim"/.test(body)) return 'a way in'
  if (own) return undefined
  if (/"attacker"|"access_token"|"active":true/.test(body)) return 'a way in'
  const refused = status >= 400 || (authorization === undefined && /UNAUTHENTICATED/.test(body))
  return refused || path !== '/graphql' ? undefined : 'no refusal'
}

interface Known {
  token: string
  victim: { id: string; key: string }
  attacker: { id: string; key: string }
}

function invent(random: Chance, known: Known): Input {
  const own = random.below(8) === 0
  const authorization = own
    ? `Bearer ${random.pick([known.attacker.key, known.token])}`
    : random.pick([
        () => undefined,
        () => random.bytes(40),
        () => `Bearer ${random.printable(60)}`,
        () => `Bearer rg_${random.hex(64)}`,
        () => `Bearer ${newKey('live', random.hex(12), random.hex(43)).key}`,
        () => `Bearer ${random.damage(known.victim.key)}`,
        () => `Bearer ${random.damage(known.token)}`,
        () => `Bearer ${[20, 80, 43].map(length => random.base64url(random.below(length))).join('.')}`,
        () => `Bearer ${forged(random, known.token)}`,
        () => random.damage(`Bearer ${known.victim.key}`),
        () => `Basic ${Buffer.from(`x:${random.damage(known.victim.key)}`).toString('base64')}`,
        () => `Bearer ${'a'.repeat(random.below(12_000))}`
      ])()
  const tenant = random.pick([
    () => undefined,
    () => known.victim.id,
    () => 'victim',
    () => random.bytes(40),
    () => random.printable(60),
    () => random.damage(known.victim.id),
    () => random.damage('victim'),
    () => `${known.attacker.id},${known.victim.id}`,
    () => `' or slug = 'victim' --`,
    () => 'x'.repeat(random.below(12_000))
  ])()
  // Damaging may have changed nothing, or only how a scheme is written.
  const credential = /^\s*bearer\s+(\S+)\s*$/i.exec(authorization ?? '')?.[1]
  return {
    authorization: credential === known.victim.key ? 'Bearer' : authorization,
    tenant,
    own: own || credential === known.attacker.key || credential === known.token
  }
}

/** A token with parts of our making, and a signature that is not ours. */
function forged(random: Chance, token: string): string {
  const [head, payload, signature] = token.split('.') as [string, string, string]
  const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as Record<string, unknown>
  const odd = () =>
    random.pick<unknown>([null, 0, -1, 1e400, '', random.bytes(20), [], {}, true, '\0', '__proto__', 'rowgate'])
  const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const header = {
    alg: random.pick(['HS256', 'none', 'None', 'RS256', 'ES256', 'HS512', '']),
    typ: random.pick<unknown>(['at+jwt', 'JWT', odd()]),
    ...(random.below(2) && { [random.pick(['kid', 'crit', 'jku', 'jwk', 'x5u', 'b64'])]: odd() })
  }
  const changed = { ...claims, [random.pick([...Object.keys(claims), 'sid', 'org'])]: odd() }
  return random.pick([
    () => `${encode(header)}.${payload}.${signature}`,
    () => `${encode(header)}.${encode(changed)}.${random.pick([signature, '', random.base64url(43)])}`,
    () => `${head}.${encode(changed)}.${signature}`,
    () => `${head}.${encode(odd())}.${signature}`,
    () => `${encode(odd())}.${payload}.${signature}`,
    () => `${encode({ ...header, typ: 'JWT' })}.${random.base64url(random.below(60))}.${signature}`,
    () => `${head}.${encode('['.repeat(random.below(3000)))}.${signature}`
  ])()
}

const agent = new Agent({ keepAlive: true, maxSockets: 32 })
type Place = (typeof places)[number]
const methodOf = (body: string): string => (body ? 'POST' : 'GET')

async function send(url: string, [path, body, type]: Place, { authorization, tenant }: Input) {
  const headers = {
    'content-type': type,
    'content-length': Buffer.byteLength(body),
    ...(authorization !== undefined && { authorization }),
    ...(tenant !== undefined && { 'x-tenant-id': tenant })
  }
  // Bytes that Node's own client does not send.
  const isRaw = Object.values(headers).some(value => /[^\t\x20-\x7e\x80-\xff]/.test(String(value)))
  return isRaw ? sendRaw(url, path, headers, body) : sendWell(url, path, headers, body)
}

function sendWell(url: string, path: string, headers: object, body: string): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(url)
    const sent = request({ agent, hostname, port, path, method: methodOf(body), headers: { ...headers } }, response => {
      text(response).then(body => resolve({ status: response.statusCode ?? 0, body }), reject)
    })
    // Headers that are too long are answered before all of them have been sent.
    sent.on('error', (error: NodeJS.ErrnoException) =>
      /^(ECONNRESET|EPIPE)$/.test(error.code ?? '') ? resolve({ status: 431, body: '' }) : reject(error)
    )
    sent.end(body)
  })
}

async function sendRaw(url: string, path: string, headers: object, body: string) {
  const { hostname, port } = new URL(url)
  const socket = connect(Number(port), hostname)
  const lines = Object.entries({ host: hostname, connection: 'close', ...headers }).map(
    ([name, value]) => `${name}: ${value}`
  )
  socket.on('error', () => {})
  socket.write(Buffer.from(`${methodOf(body)} ${path} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n${body}`, 'latin1'))
  const answer = await text(socket).catch(() => '')
  return { status: Number(/^HTTP\/1\.1 (\d+)/.exec(answer)?.[1] ?? 400), body: answer }
}

async function exchange(url: string, key: string): Promise<string | undefined> {
  const response = await fetch(`${url}/auth/token`, {
    method: 'POST',
    body: new URLSearchParams({ grant_type: 'client_credentials', client_secret: key })
  })
  return ((await response.json()) as { access_token?: string }).access_token
}
