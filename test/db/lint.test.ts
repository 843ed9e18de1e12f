import { readdirSync, readFileSync } from 'node:fs'
import test from 'ava'
import type pg from 'pg'
import { openDatabase, type Database } from '../helpers/database.ts'
import { level } from '../helpers/level.ts'

const root = `${import.meta.dirname}/../..`
const everyLint = readdirSync(`${root}/db/lint`, { encoding: 'utf8', recursive: true })
  .filter(name => name.endsWith('.sql'))
  .sort()
const lints = everyLint.filter(name => level === 'full' || !name.startsWith('full/'))
const read = (lint: string) => readFileSync(`${root}/db/lint/${lint}`, 'utf8')

let database: Database
test.before(async () => {
  database = await openDatabase()
})
test.after.always(() => database?.close())

for (const lint of lints) {
  const sql = read(lint)

  test(`${lint} finds nothing`, async t => {
    const { rows } = await database.admin.query(sql)
    t.deepEqual(rows, [])
  })

  // Serial, because breaks that change the same role or grant would wait for each other.
  test.serial(`${lint} finds each of its breaks, and nothing when it is undone`, async t => {
    const breaks = breaksOf(sql)
    t.true(breaks.length > 0, 'name at least one statement that breaks the rule: -- breaks: …')
    await inRolledBack(async client => {
      const before = await found(client, sql)
      for (const statement of breaks) {
        await client.query('savepoint unbroken')
        await client.query(statement)
        const broken = (await found(client, sql)).filter(row => !before.includes(row))
        t.true(broken.length > 0, `finds nothing after: ${statement}`)
        await client.query('rollback to savepoint unbroken')
        t.deepEqual(await found(client, sql), before, `still finds something after undoing: ${statement}`)
      }
    })
  })

  test(`${lint} says its rule, why, and how to fix it`, t => {
    t.regex(sql, /^-- (?!Why|Fix|breaks)\w/, 'the first line is the rule')
    t.regex(sql, /^-- Why: /m)
    t.regex(sql, /^-- Fix: /m)
  })
}

const page = readFileSync(`${root}/db/CONVENTIONS.md`, 'utf8')

test.serial('the templates of db/CONVENTIONS.md pass every lint', async t => {
  const templates = [...page.matchAll(/^```sql\n([^]*?)^```$/gm)].map(match => match[1]!)
  t.true(templates.length > 0)
  await inRolledBack(async client => {
    const before = await foundByAll(client)
    await client.query(`
      set local role rowgate_owner;
      grant create on schema app_public to rowgate_writer;
      ${templates.join('\n')}
      revoke create on schema app_public from rowgate_writer;
      reset role`)
    t.deepEqual(await foundByAll(client), before)
  })
})

test('db/CONVENTIONS.md names every lint, and no other', t => {
  const named = new Set([...page.matchAll(/\]\(lint\/((?:full\/)?\w+\.sql)\)/g)].map(match => match[1]!))
  t.deepEqual([...named].sort(), everyLint)
})

/** The statements after "-- breaks:"; lines that begin with "--   " continue one. */
function breaksOf(sql: string): string[] {
  return [...sql.matchAll(/^-- breaks: (.*(?:\n--   .*)*)/gm)].map(match => match[1]!.replace(/\n--   /g, '\n'))
}

async function found(client: pg.PoolClient, sql: string): Promise<string[]> {
  const { rows, fields } = await client.query(sql)
  if (fields.map(field => field.name).join() !== 'object,problem') throw new Error('A lint answers object and problem.')
  return rows.map(row => `${row.object} ${row.problem}`).sort()
}

async function foundByAll(client: pg.PoolClient): Promise<string[]> {
  const all: string[] = []
  for (const lint of lints) all.push(...(await found(client, read(lint))).map(row => `${lint}: ${row}`))
  return all
}

async function inRolledBack(work: (client: pg.PoolClient) => Promise<void>): Promise<void> {
  const client = await database.admin.connect()
  try {
    await client.query('begin')
    await work(client)
  } finally {
    await client.query('rollback')
    client.release()
  }
}
