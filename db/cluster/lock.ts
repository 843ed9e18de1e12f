import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { rmSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import { text } from 'node:stream/consumers'
import { ClusterError, codeOf } from './error.ts'

export interface Lock {
  tell(port: number): void
  release(): void
}

/**
 * One living process per data folder. A listening socket in Linux's abstract namespace is the lock: the kernel frees it
 * with its process, however that ends, and gives it to exactly one of two that ask. A file with a process id does neither.
 */
export async function lockFolder(directory: string): Promise<Lock> {
  const name = `rowgate-${createHash('sha256').update(directory).digest('hex').slice(0, 32)}`
  const abstract = process.platform === 'linux'
  const address = abstract ? `\0${name}` : `/tmp/${name}`

  for (;;) {
    const holder = { pid: process.pid, port: 0 }
    const server = createServer(socket => socket.on('error', () => {}).end(JSON.stringify(holder)))
    try {
      await once(server.listen(address), 'listening')
      server.unref()
      return { tell: port => void (holder.port = port), release: () => void server.close() }
    } catch (error) {
      if (codeOf(error) !== 'EADDRINUSE') throw error
    }
    const other = await ask(address)
    if (other !== 'gone') throw inUse(directory, other)
    if (!abstract) rmSync(address, { force: true })
  }
}

async function ask(address: string): Promise<{ pid?: number; port?: number } | 'gone'> {
  const socket = connect(address).setTimeout(3000, () => socket.destroy(new Error('no answer')))
  try {
    return JSON.parse(await text(socket)) as { pid: number; port: number }
  } catch (error) {
    return codeOf(error) === 'ECONNREFUSED' || codeOf(error) === 'ENOENT' ? 'gone' : {}
  }
}

function inUse(directory: string, { pid, port }: { pid?: number; port?: number }): ClusterError {
  const who = pid
    ? `process ${pid}${port ? `, PostgreSQL at 127.0.0.1:${port}` : ', still starting'}`
    : 'a process that does not answer'
  return new ClusterError(
    `The data folder ${directory} is in use by another Rowgate (${who}): stop that one, or set ROWGATE_DATA to another folder.`
  )
}
