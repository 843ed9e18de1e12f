import { once } from 'node:events'
import { connect, createServer } from 'node:net'
import type { AddressInfo, Socket } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'

export interface Proxy {
  /** The connection string, through the proxy. */
  url: string
  /** How often a client spoke to a server that had spoken before, over all connections: each time it had waited. */
  flights(): number
  /** How many connections were ever made. */
  connections(): number
  /** Milliseconds that every later chunk waits, in each direction. */
  delay(milliseconds: number): void
  /** Changes what the clients send from now on. */
  rewrite(change: (chunk: Buffer) => Buffer): void
  /** Resolves with what a client sends next, which the server never gets; the connection is cut. */
  cutNext(): Promise<Buffer>
  /** Cuts a connection as soon as the server's answer contains this text; the client does not get that chunk. */
  cutAtAnswer(text: string): void
  /** Cuts all connections. */
  cut(): void
  stop(): Promise<void>
}

/** A way to Postgres that counts network flights, and can be slow, torn or dishonest. */
export async function startProxy(url: string, port = 0): Promise<Proxy> {
  const target = new URL(url)
  const sockets = new Set<Socket>()
  let flights = 0
  let connections = 0
  let wait = 0
  let change = (chunk: Buffer) => chunk
  let onNext: ((chunk: Buffer) => void) | null = null
  let cutAt: string | null = null

  const server = createServer(client => {
    const upstream = connect({ host: target.hostname, port: Number(target.port || 5432), noDelay: true })
    client.setNoDelay(true)
    connections += 1
    let clientSpokeLast = false
    const cutBoth = () => [client, upstream].forEach(socket => socket.destroy())
    for (const socket of [client, upstream]) {
      sockets.add(socket)
      socket.on('error', cutBoth)
      socket.on('close', () => {
        sockets.delete(socket)
        cutBoth()
      })
    }
    const toServer = inOrder(
      chunk => upstream.write(change(chunk)),
      () => wait
    )
    const toClient = inOrder(
      chunk => client.write(chunk),
      () => wait
    )

    client.on('data', chunk => {
      if (onNext) {
        onNext(chunk)
        onNext = null
        cutBoth()
        return
      }
      if (!clientSpokeLast) flights += 1
      clientSpokeLast = true
      toServer(chunk)
    })
    upstream.on('data', chunk => {
      if (cutAt !== null && chunk.includes(cutAt)) {
        cutAt = null
        cutBoth()
        return
      }
      clientSpokeLast = false
      toClient(chunk)
    })
  })
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  const through = new URL(url)
  through.hostname = '127.0.0.1'
  through.port = String((server.address() as AddressInfo).port)

  return {
    url: through.href,
    flights: () => flights,
    connections: () => connections,
    delay: milliseconds => void (wait = milliseconds),
    rewrite: to => void (change = to),
    cutNext: () => new Promise(resolve => (onNext = resolve)),
    cutAtAnswer: text => void (cutAt = text),
    cut: () => sockets.forEach(socket => socket.destroy()),
    async stop() {
      server.close()
      sockets.forEach(socket => socket.destroy())
      await once(server, 'close')
    }
  }
}

/** Writes the chunks in the order in which they came, each after the wait. */
function inOrder(write: (chunk: Buffer) => void, wait: () => number): (chunk: Buffer) => void {
  let last: Promise<void> = Promise.resolve()
  let queued = 0
  return chunk => {
    if (wait() === 0 && queued === 0) return write(chunk)
    queued += 1
    last = last
      .then(() => pause(wait()))
      .then(() => {
        queued -= 1
        write(chunk)
      })
  }
}
