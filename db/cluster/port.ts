import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { join } from 'node:path'
import { codeOf } from './error.ts'

/** The port of the last start when it is still free, so that bookmarks and psql histories go on working; else any free one. */
export async function choosePort(directory: string): Promise<number> {
  const last = lastPort(directory)
  if (last && (await isFree(last))) return last
  return probe(0)
}

export async function isFree(port: number): Promise<boolean> {
  try {
    await probe(port)
    return true
  } catch (error) {
    if (codeOf(error) === 'EADDRINUSE' || codeOf(error) === 'EACCES') return false
    throw error
  }
}

async function probe(port: number): Promise<number> {
  const server = createServer()
  await once(server.listen(port, '127.0.0.1'), 'listening')
  const chosen = (server.address() as AddressInfo).port
  server.close()
  await once(server, 'close')
  return chosen
}

function lastPort(directory: string): number | undefined {
  try {
    const options = readFileSync(join(directory, 'postmaster.opts'), 'utf8')
    return Number(/"port=(\d+)"/.exec(options)?.[1]) || undefined
  } catch {
    return undefined
  }
}
