import pg from 'pg'
import { ConfigError } from '../config.ts'

/**
 * Whether the login of the URL can sign in there. Throws ConfigError: a line that names the place and never the password.
 * @param mayLack whether the database itself may be missing, because it will be made.
 */
export async function assertReachable(url: string, mayLack = false): Promise<void> {
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
      if (mayLack) return
      const database = decodeURIComponent(pathname.slice(1))
      throw new ConfigError(`PostgreSQL at ${place} has no database "${database}": make it with "npm run migrate".`)
    }
    throw new ConfigError(
      `No PostgreSQL could be reached at ${place} (${code || message}): start it or correct DATABASE_URL.`
    )
  } finally {
    await client?.end().catch(() => {})
  }
}
