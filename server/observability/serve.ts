import { createHash, timingSafeEqual } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Registry } from 'prom-client'
import { ConfigError } from '../config.ts'

/** Whether a request may read the metrics: whoever reaches them when no token is set, else who sends it. */
export function mayScrape({ headers }: IncomingMessage, token: string | undefined): boolean {
  if (token === undefined) return true
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(headers.authorization ?? ''), digest(`Bearer ${token}`))
}

export interface MetricsServer {
  url: string
  close(): Promise<void>
}

/** /metrics on a port of its own, which a firewall can keep inside. Throws ConfigError, with the name of the variable. */
export async function serveMetrics(
  registry: Registry,
  { name, port, host, token }: { name: string; port: number; host: string; token: string | undefined }
): Promise<MetricsServer> {
  const server: Server = createServer(async (request, response) => {
    if (request.url?.split('?')[0] !== '/metrics') return void response.writeHead(404).end()
    if (request.method !== 'GET') return void response.writeHead(405, { allow: 'GET' }).end()
    if (!mayScrape(request, token)) return void response.writeHead(401, { 'www-authenticate': 'Bearer' }).end()
    try {
      const text = await registry.metrics()
      response.writeHead(200, { 'content-type': registry.contentType }).end(text)
    } catch {
      response.writeHead(500).end()
    }
  })
  try {
    await once(server.listen(port, host), 'listening')
  } catch (error) {
    throw new ConfigError(
      `Nothing can listen at port ${port} (${(error as NodeJS.ErrnoException).code}): correct ${name}.`
    )
  }
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${(server.address() as AddressInfo).port}/metrics`,
    async close() {
      const closed = once(server.close(), 'close')
      server.closeAllConnections()
      await closed
    }
  }
}
