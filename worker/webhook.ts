import { createHmac } from 'node:crypto'
import { lookup as systemLookup } from 'node:dns/promises'
import ipaddr from 'ipaddr.js'
import { Agent, request } from 'undici'

export interface Webhook {
  url: string
  /** The same for every attempt, so that a receiver recognises a repetition. */
  id: string
  body: string
  /** What it is signed with; none: it is not. While a rotation lasts there are two. */
  secrets: string[]
}

export interface Answer {
  delivered: boolean
  status?: number
  problem?: string
}

export type PostWebhook = (webhook: Webhook) => Promise<Answer>

type Lookup = (name: string) => Promise<{ address: string; family: number }[]>
interface Options {
  /** For development: http, and addresses that only this machine or network can reach. */
  anywhere: boolean
  lookup?: Lookup
}

const timeoutMs = 5000
const answerBytes = 64 * 1024
/** Why an address is not tried; what it says is shown to whoever manages the channel, so it names no address. */
class Forbidden extends Error {}

/** Posts to addresses that tenants choose: only to public ones, to the very address that was looked at, and not to where an answer points. */
export function makePost({ anywhere, lookup = name => systemLookup(name, { all: true }) }: Options): PostWebhook {
  const addressOf = async ({ protocol, hostname }: URL) => {
    if (!anywhere && protocol !== 'https:') throw new Forbidden('The address is not https.')
    const addresses = await lookup(hostname.replace(/^\[|\]$/g, ''))
    if (!anywhere && !addresses.every(({ address }) => isPublic(address)))
      throw new Forbidden('The address is not a public one.')
    return addresses[0]!
  }
  return async ({ url, id, body, secrets }) => {
    const signal = AbortSignal.timeout(timeoutMs)
    let agent: Agent | undefined
    try {
      const target = new URL(url)
      const checked = await orAborted(addressOf(target), signal)
      agent = new Agent({
        connect: {
          timeout: timeoutMs,
          // What was looked at is what is connected to: the name is not asked for again.
          lookup: (_name, { all }, found) =>
            all ? found(null, [checked]) : found(null, checked.address, checked.family)
        }
      })
      const answer = await request(target, {
        method: 'POST',
        headers: headersOf(id, body, secrets),
        body,
        signal,
        dispatcher: agent
      })
      await answer.body.dump({ limit: answerBytes, signal }).catch(() => {})
      const delivered = answer.statusCode >= 200 && answer.statusCode < 300
      return {
        delivered,
        status: answer.statusCode,
        ...(!delivered && { problem: `The answer was ${answer.statusCode}.` })
      }
    } catch (error) {
      return { delivered: false, problem: problemOf(error) }
    } finally {
      await agent?.destroy()
    }
  }
}

/** Whether anybody on the internet can reach an address: not private, local, shared, multicast, nor an IPv4 in disguise. */
export const isPublic = (address: string): boolean =>
  ipaddr.isValid(address) && ipaddr.parse(address).range() === 'unicast'

/** As https://www.standardwebhooks.com describes it. */
function headersOf(id: string, body: string, secrets: string[]): Record<string, string> {
  const timestamp = Math.floor(Date.now() / 1000)
  const signatures = secrets.map(secret => {
    const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64')
    return `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')}`
  })
  return {
    'content-type': 'application/json',
    'user-agent': 'Rowgate',
    'webhook-id': id,
    'webhook-timestamp': String(timestamp),
    ...(signatures.length > 0 && { 'webhook-signature': signatures.join(' ') })
  }
}

function problemOf(error: unknown): string {
  if (error instanceof Forbidden) return error.message
  const { name, code } = error as NodeJS.ErrnoException
  if (name === 'TimeoutError' || code === 'UND_ERR_CONNECT_TIMEOUT')
    return `There was no answer within ${timeoutMs / 1000} seconds.`
  return `The address could not be reached (${code ?? name}).`
}

/** A look-up can't be cancelled, only left alone. */
const orAborted = <T>(work: Promise<T>, signal: AbortSignal): Promise<T> => {
  work.catch(() => {})
  return Promise.race([
    work,
    new Promise<never>((_, reject) => signal.addEventListener('abort', () => reject(signal.reason), { once: true }))
  ])
}
