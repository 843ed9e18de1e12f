import { once } from 'node:events'
import { createServer } from 'node:net'
import { ConfigError } from '../config.ts'

/** Asked before the database starts, so that the usual mistake costs nothing. */
export async function assertPortFree(port: number, host: string): Promise<void> {
  const code = await tryPort(port, host)
  if (code === undefined) return
  if (code === 'EACCES')
    throw new ConfigError(`Port ${port} needs rights that we do not have: start with PORT=5678 npm start`)
  if (code !== 'EADDRINUSE')
    throw new ConfigError(`Nothing can listen at HOST ${host}, port ${port} (${code}): correct HOST`)
  throw new ConfigError(
    `Port ${port} is taken: stop what runs there or start with PORT=${await nextFree(port, host)} npm start`
  )
}

async function nextFree(port: number, host: string): Promise<number> {
  for (let next = port + 1; next <= 65535; next++) {
    if ((await tryPort(next, host)) === undefined) return next
  }
  return 5678
}

async function tryPort(port: number, host: string): Promise<string | undefined> {
  const server = createServer()
  try {
    await once(server.listen(port, host), 'listening')
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? 'unknown'
  }
  server.close()
  await once(server, 'close')
  return undefined
}
