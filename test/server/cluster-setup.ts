import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import anyTest, { type TestFn } from 'ava'
import pg from 'pg'

/** Each test has a home that PostgreSQL's user may enter, and in it a directory that does not exist yet. */
export const test = anyTest as TestFn<{ home: string; directory: string }>
export const settings = { fsync: 'off' }

test.beforeEach(t => {
  const home = mkdtempSync(join(tmpdir(), 'rowgate-cluster-'))
  chmodSync(home, 0o755)
  t.context = { home, directory: join(home, 'postgres') }
})

test.afterEach.always(t => rmSync(t.context.home, { recursive: true, force: true }))

export async function ask(url: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client(url)
  await client.connect()
  try {
    return (await client.query<unknown[]>({ text: sql, rowMode: 'array' })).rows[0] ?? []
  } finally {
    await client.end()
  }
}

export function postmasterPid(directory: string): number {
  return Number(readFileSync(join(directory, 'postmaster.pid'), 'utf8').split('\n')[0])
}

export function isGone(pid: number): boolean {
  try {
    return /\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))
  } catch {
    return true
  }
}
