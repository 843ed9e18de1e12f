import type { Caller } from '../../server/claims.ts'
import { readTokenKeys } from '../../server/keys.ts'
import { issueAccessToken } from '../../server/tokens.ts'
import { mutate } from '../helpers/client.ts'
import { startFleet } from '../helpers/fleet.ts'
import { found, foundKey } from '../helpers/organization.ts'
import { personas } from '../helpers/personas.ts'
import type { Proof } from '../helpers/proof.ts'
import { sabotage } from '../helpers/sabotage.ts'

const secret = 'a secret for this proof, long enough to sign with'
const nodes = 4
/** Keys at the same time. */
const lanes = 6
/** Requests on each node that begin after the commit. */
const late = 3

/** The forms of the API, to be asked in turn. */
const ways = [
  ['/auth/introspect', { token: 'x' }],
  ['/graphql', { query: '{ organizations { nodes { id } } }' }],
  ['/v1/key', undefined]
] as const

/** How a secret comes to its end, and what is accepted again after that, as a sign that the nodes did not just break. */
type End = 'revoke' | 'rotate' | 'pause'

export default {
  title:
    'no process accepts a request with an API key that began after the commit of its revocation, rotation or pause',
  family: 'keys',
  breaks: 'what was found out about a key is remembered for half a second',
  async run({ database, keep, log, short, broken }) {
    const ends: End[] = (['revoke', 'rotate', 'pause'] as const).flatMap(end =>
      Array<End>(
        short ? { revoke: 30, rotate: 6, pause: 6 }[end] : { revoke: 1000, rotate: 150, pause: 150 }[end]
      ).fill(end)
    )
    const { admin, apiUrl, ...rest } = await database()
    const { asUser, asKey, close } = personas({ admin, apiUrl, ...rest })
    keep(close)
    if (broken) {
      await sabotage(
        admin,
        'app_hidden.judged_key',
        "and keys.status <> 'revoked'",
        "and (keys.status <> 'revoked' or keys.updated_at > now() - interval '500 ms')"
      )
    }
    const { id, ids, people } = await found({ admin, asUser }, { owner: 'owner' })
    // The limits are on, because what they remember of a credential must not vouch for it; they are wide enough to refuse nobody.
    for (const scope of ['person', 'tenant', 'global']) {
      await admin.query('select app_hidden.set_rate_limit($1, 1000000, 1000000)', [scope])
    }
    const fleet = await startFleet({ keep }, apiUrl, nodes, {
      ROWGATE_RATE_LIMITS: '1',
      ROWGATE_ADDRESS_RATE: '1000000',
      ROWGATE_POOL_SIZE: '8',
      ROWGATE_JWT_SECRET: secret
    })
    const urls = fleet.urls()
    const owner = issueAccessToken(readTokenKeys(secret), people.owner.is as Extract<Caller, { kind: 'person' }>)

    /** Whether it is accepted. All that is not a clear yes or no is thrown. */
    let asked = 0
    async function ask(node: number, key: string): Promise<boolean> {
      const [path, body] = ways[asked++ % ways.length]!
      const response = await fetch(`${urls[node]}${path}`, {
        method: body ? 'POST' : 'GET',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` },
        ...(body && { body: JSON.stringify(body) })
      })
      const text = await response.text()
      if ([200, 401].includes(response.status)) return response.status === 200
      throw new Error(`${response.status} ${text}`)
    }
    async function change(node: number, verb: string, input: Record<string, unknown>): Promise<any> {
      const fields = verb === 'rotateApiKey' ? 'key' : 'id'
      const answer = await mutate(urls[node]!, owner, verb, input, fields)
      if (!('result' in answer)) throw new Error(`${verb}: ${answer.code}`)
      return answer.result
    }

    const count = { acceptedBefore: 0, refusedAfter: 0, acceptedAfter: 0, acceptedAgain: 0 }
    async function endOne(end: End, turn: number): Promise<void> {
      const { id: keyId, key } = await foundKey({ admin, asKey }, id, ids.owner)
      await admin.query('update app_public.org_api_keys set rate_limit = 1000000 where id = $1', [keyId])
      let committed = false
      const seen = Array.from({ length: nodes }, () => Promise.withResolvers<void>())
      const streams = seen.map(async ({ resolve, reject }, node) => {
        let used = false
        try {
          for (let after = 0; after < late;) {
            const began = committed
            const accepted = await ask(node, key)
            if (began) after++
            if (began) count[accepted ? 'acceptedAfter' : 'refusedAfter']++
            else if (accepted) count.acceptedBefore++
            if (accepted) {
              used = true
              resolve()
            } else if (!used) throw new Error('A key that has not ended was refused.')
          }
        } catch (error) {
          reject(error)
          throw error
        }
      })
      const streaming = Promise.all(streams)
      streaming.catch(() => {})
      await Promise.all(seen.map(({ promise }) => promise))
      const result = await change(turn % nodes, `${end}ApiKey`, {
        keyId,
        ...(end === 'rotate' && { overlapSeconds: 0 })
      })
      committed = true
      await streaming
      if (end === 'revoke') return
      if (end === 'pause') await change(turn % nodes, 'resumeApiKey', { keyId })
      for (let node = 0; node < nodes; node++) {
        if (await ask(node, end === 'rotate' ? result.key : key)) count.acceptedAgain++
      }
    }

    const waiting = ends.entries()
    let done = 0
    await Promise.all(
      Array.from({ length: lanes }, async () => {
        for (const [turn, end] of waiting) {
          await endOne(end, turn)
          if (++done % 200 === 0) log(`${done} of ${ends.length} keys have ended`)
        }
      })
    )
    const again = ends.filter(end => end !== 'revoke').length * nodes
    return {
      passed:
        count.acceptedAfter === 0
        && count.refusedAfter === ends.length * nodes * late
        && count.acceptedBefore >= ends.length * nodes
        && count.acceptedAgain === again,
      figures: {
        processes: nodes,
        ...Object.fromEntries(
          Object.entries(Object.groupBy(ends, end => end)).map(([end, all]) => [`${end}s`, all.length])
        ),
        ...count
      }
    }
  }
} satisfies Proof
