import { spawn } from 'node:child_process'
import { Agent, request } from 'node:http'
import { constants, setPriority } from 'node:os'
import { text } from 'node:stream/consumers'

export interface Load {
  url: string
  key: string
  query: string
  /** Requests per second, sent whether or not earlier ones were answered. */
  rate: number
  seconds: number
}

/** Sends requests at an even rate; answers milliseconds of each that was served, and how often each status came. */
export async function offer({ url, key, query, rate, seconds }: Load) {
  const agent = new Agent({ keepAlive: true, maxSockets: 200 })
  const body = JSON.stringify({ query })
  const { hostname, port } = new URL(url)
  const options = {
    agent,
    hostname,
    port,
    method: 'POST',
    path: '/graphql',
    headers: {
      authorization: `Bearer ${key}`,
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body)
    }
  }
  const latencies: number[] = []
  const statuses: Record<number, number> = {}
  const send = () =>
    new Promise<void>((resolve, reject) => {
      const begun = performance.now()
      const sent = request(options, response => {
        const { statusCode = 0 } = response
        statuses[statusCode] = (statuses[statusCode] ?? 0) + 1
        response.resume()
        response.on('end', () => {
          if (statusCode === 200) latencies.push(performance.now() - begun)
          resolve()
        })
      })
      sent.on('error', reject)
      sent.end(body)
    })

  const begun = performance.now()
  const due = () => Math.min(rate * seconds, Math.floor(((performance.now() - begun) / 1000) * rate))
  const pending: Promise<void>[] = []
  while (pending.length < rate * seconds) {
    while (pending.length < due()) pending.push(send())
    await new Promise(resolve => setTimeout(resolve, 1))
  }
  await Promise.all(pending)
  agent.destroy()
  return { latencies, statuses }
}

/**
 * The same from a process of its own, which runs when nobody else needs the processor: it stands for somebody else's machine, and sending
 * must not delay what is measured.
 */
export async function offerElsewhere(load: Load): Promise<Record<number, number>> {
  const child = spawn(process.execPath, [import.meta.filename, JSON.stringify(load)], {
    stdio: ['ignore', 'pipe', 'inherit']
  })
  setPriority(child.pid!, constants.priority.PRIORITY_LOW)
  return JSON.parse(await text(child.stdout))
}

export const percentile = (values: readonly number[], part: number): number =>
  [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * part))] ?? Infinity

if (import.meta.main) console.log(JSON.stringify((await offer(JSON.parse(process.argv[2]!))).statuses))
