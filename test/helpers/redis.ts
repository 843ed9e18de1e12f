import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface RedisServer {
  url: string
  /** As a crash: it says nothing to anybody. */
  kill(): Promise<void>
  /** Empty, at the same address. */
  start(): Promise<void>
  /** Connections stay, and nothing is answered any more. */
  freeze(): void
  stop(): Promise<void>
}

/** A real Redis of one's own: Debian's redis-server. */
export async function startRedis(): Promise<RedisServer> {
  const directory = mkdtempSync(join(tmpdir(), 'rowgate-redis-'))
  const port = await freePort()
  let server: ChildProcess | undefined
  const redis: RedisServer = {
    url: `redis://127.0.0.1:${port}`,
    async start() {
      const child = spawn(
        'redis-server',
        ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--dir', directory],
        { stdio: ['ignore', 'pipe', 'inherit'] }
      )
      server = child
      await new Promise<void>((resolve, reject) => {
        child.on('error', error => reject(new Error(`redis-server: ${error.message}; apt-get install redis-server`)))
        child.on('exit', code => reject(new Error(`redis-server ended with ${code}`)))
        child.stdout.on('data', data => {
          if (/Ready to accept connections/.test(String(data))) resolve()
        })
      })
    },
    async kill() {
      if (!server || server.exitCode !== null || server.signalCode !== null) return
      const ended = once(server, 'exit')
      server.kill('SIGKILL')
      await ended
    },
    freeze: () => void server?.kill('SIGSTOP'),
    async stop() {
      await redis.kill()
      rmSync(directory, { recursive: true, force: true })
    }
  }
  await redis.start()
  return redis
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}
