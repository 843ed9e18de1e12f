import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface Received {
  headers: IncomingHttpHeaders
  body: string
  path: string
}

export interface Receiver {
  url: string
  /** Everything that came, repetitions too. */
  all: Received[]
  /** Resolves when so much has come. */
  received(count: number): Promise<Received[]>
  /** What the next ones are answered with. */
  answer(status: number, headers?: Record<string, string>, body?: string): void
  close(): Promise<void>
}

/** A real HTTP server that takes webhooks. */
export async function startReceiver(decide?: (received: Received) => number | Promise<number>): Promise<Receiver> {
  const all: Received[] = []
  let waiting: (() => void)[] = []
  let answer: [number, Record<string, string>, string] = [204, {}, '']
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    const received = { headers: request.headers, body: Buffer.concat(chunks).toString(), path: request.url ?? '' }
    all.push(received)
    for (const wake of waiting.splice(0)) wake()
    response.writeHead(decide ? await decide(received) : answer[0], answer[1]).end(answer[2])
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    all,
    async received(count) {
      while (all.length < count) await new Promise<void>(resolve => waiting.push(resolve))
      return all
    },
    answer: (status, headers = {}, body = '') => void (answer = [status, headers, body]),
    async close() {
      server.close()
      server.closeAllConnections()
    }
  }
}
