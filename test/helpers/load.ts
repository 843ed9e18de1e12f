import { execFile } from 'node:child_process'
import { globSync } from 'node:fs'
import { promisify } from 'node:util'
import pg from 'pg'

export interface Load {
  /** As whom. */
  url: string
  /** Settings of each connection. Claims given here let a script measure one statement alone. */
  options?: Record<string, string>
  connections: number
  seconds: number
}

const run = promisify(execFile)

/** Debian's pgbench, which costs the machine less than a client in Node; undefined when it is not installed. */
export function findPgbench(): string | undefined {
  return globSync('/usr/lib/postgresql/*/bin/pgbench').sort().at(-1)
}

/** Transactions per second of a pgbench script. It throws if any of them failed. */
export async function pgbench(script: string, { url, options, connections, seconds }: Load): Promise<number> {
  const program = findPgbench()
  if (!program) throw new Error('This needs pgbench: apt-get install postgresql-15')
  const { hostname, port, username, password, pathname } = new URL(url)
  const threads = Math.min(connections, 2)
  const running = run(program, `-n -M prepared -f - -c ${connections} -j ${threads} -T ${seconds}`.split(' '), {
    maxBuffer: 1 << 26,
    // Not as arguments, which everybody on the machine can read.
    env: {
      ...process.env,
      PGHOST: hostname,
      PGPORT: port,
      PGUSER: username,
      PGPASSWORD: decodeURIComponent(password),
      PGDATABASE: pathname.slice(1),
      PGOPTIONS: asOptions(options)
    }
  })
  running.child.stdin?.end(script)
  const { stdout } = await running.catch(({ stderr }) => Promise.reject(new Error(firstLines(stderr))))
  const failed = /number of failed transactions: (\d+)/.exec(stdout)?.[1]
  if (failed !== undefined && failed !== '0') throw new Error(`${failed} transactions failed`)
  const rate = Number(/tps = ([\d.]+) \(without/.exec(stdout)?.[1])
  if (!(rate > 0)) throw new Error(`pgbench measured nothing: ${firstLines(stdout)}`)
  return rate
}

/** The same through pg: every connection does the work again and again; answers how often in a second. */
export async function drive(
  work: (client: pg.Client, connection: number, turn: number) => Promise<unknown>,
  { url, options, connections, seconds }: Load
): Promise<number> {
  const clients = await Promise.all(
    Array.from({ length: connections }, async () => {
      const client = new pg.Client({ connectionString: url, options: asOptions(options) })
      await client.connect()
      return client
    })
  )
  try {
    const begun = performance.now()
    const end = begun + seconds * 1000
    const turns = await Promise.all(
      clients.map(async (client, connection) => {
        let turn = 0
        while (performance.now() < end) await work(client, connection, turn++)
        return turn
      })
    )
    return turns.reduce((sum, count) => sum + count, 0) / ((performance.now() - begun) / 1000)
  } finally {
    await Promise.all(clients.map(client => client.end()))
  }
}

const asOptions = (options: Record<string, string> = {}): string =>
  Object.entries(options)
    .map(([name, value]) => `-c ${name}=${value}`)
    .join(' ')

const firstLines = (text: string): string => text.trim().split('\n').slice(0, 5).join('\n')
