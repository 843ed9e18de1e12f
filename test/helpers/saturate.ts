import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { Agent, request } from 'node:http'
import { text } from 'node:stream/consumers'

export interface Target {
  /** Where to POST. */
  url: string
  headers: Record<string, string>
  /** What to send; "UNIQUE" in it is another text each time. */
  body: string
  connections: number
  seconds: number
}

/** As many requests as there are connections, each sent when the one before is answered; answers how many were served in a second. */
async function saturate({ url, headers, body, connections, seconds }: Target): Promise<number> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections })
  const end = performance.now() + seconds * 1000
  let served = 0
  const once = () =>
    new Promise<void>((resolve, reject) => {
      const sent = request(url, { agent, method: 'POST', headers: { 'content-type': 'application/json', ...headers } })
      sent.on('response', async response => {
        const answer = await text(response)
        if (response.statusCode !== 200) reject(new Error(`${response.statusCode}: ${answer}`))
        served++
        resolve()
      })
      sent.on('error', reject)
      sent.end(body.replaceAll('UNIQUE', randomUUID()))
    })
  const begun = performance.now()
  await Promise.all(
    Array.from({ length: connections }, async () => {
      while (performance.now() < end) await once()
    })
  )
  agent.destroy()
  return served / ((performance.now() - begun) / 1000)
}

/** The same from a process of its own, so that sending does not delay what is measured. */
export async function saturateElsewhere(target: Target): Promise<number> {
  const child = spawn(process.execPath, [import.meta.filename, JSON.stringify(target)], {
    stdio: ['ignore', 'pipe', 'inherit']
  })
  const rate = Number(await text(child.stdout))
  if (!(rate > 0)) throw new Error('nothing was measured')
  return rate
}

if (import.meta.main) console.log(await saturate(JSON.parse(process.argv[2]!)))
