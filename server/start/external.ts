import pg from 'pg'
import { ConfigError } from '../config.ts'

/** Whether an administrator can sign in there, said in a line that names the place and never the password. */
export async function assertReachable(url: string): Promise<void> {
  const { hostname, port, username, pathname } = new URL(url)
  const place = `${hostname}:${port || 5432}`
  let client: pg.Client | undefined
  try {
    client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5000, application_name: 'rowgate start' })
    client.on('error', () => {})
    await client.connect()
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    if (code === '28P01' || code === '28000') {
      throw new ConfigError(
        `PostgreSQL at ${place} refuses the user "${decodeURIComponent(username)}": correct user and password in DATABASE_URL.`
      )
    }
    if (code === '3D000') {
      throw new ConfigError(
        `PostgreSQL at ${place} has no database "${decodeURIComponent(pathname.slice(1))}": correct the end of DATABASE_URL, usually /postgres.`
      )
    }
    throw new ConfigError(
      `No PostgreSQL could be reached at ${place} (${code || message}): start it or correct DATABASE_URL.`
    )
  } finally {
    await client?.end().catch(() => {})
  }
}
