import { globSync, readFileSync } from 'node:fs'
import test from 'ava'
import { errorsPage, page, serverErrors, type Refusal } from '../../db/errors-doc.ts'
import { openDatabase, type Database } from '../helpers/database.ts'

const root = `${import.meta.dirname}/../..`
const textOf = (pattern: string) =>
  globSync(pattern, { cwd: root, exclude: ['db/fixtures/base/errors.sql'] })
    .map(file => readFileSync(`${root}/${file}`, 'utf8'))
    .join('\n')
const fixtures = textOf('db/fixtures/**/*.sql')
const server = textOf('server/**/*.ts')

let database: Database
let known: Refusal[]
test.before(async () => {
  database = await openDatabase()
  const { rows } = await database.admin.query<Refusal>('select * from app_hidden.error_codes()')
  known = rows
})
test.after.always(() => database?.close())

test('every refusal in a fixture has a code that error_codes() knows', t => {
  const refused = [...fixtures.matchAll(/refuse\(\s*'(\w+)'/g)].map(match => match[1]!)
  t.true(refused.length > 0)
  t.deepEqual(unknown(refused), [])
})

test('every code that a comment promises is one that error_codes() knows', t => {
  const promises = fixtures.match(/\bRaises [^']*/g) ?? []
  const promised = promises.flatMap(text => text.match(/\b[A-Z][A-Z_]{4,}\b/g) ?? [])
  t.true(promised.length > 0)
  t.deepEqual(unknown(promised), [])
})

test('every code that error_codes() knows is used', t => {
  t.deepEqual(
    known.map(({ code }) => code).filter(code => !`${fixtures}${server}`.includes(`'${code}'`)),
    []
  )
})

test('a code of both the database and the server has the same words', async t => {
  const both = (await serverErrors()).filter(error => known.some(({ code }) => code === error.code))
  t.deepEqual(
    both,
    both.map(error => known.find(({ code }) => code === error.code)!)
  )
})

test('db/ERRORS.md is what "npm run db:docs" makes', async t => {
  t.is(readFileSync(page, 'utf8'), await errorsPage(database.admin))
})

function unknown(codes: string[]): string[] {
  return codes.filter(code => !known.some(error => error.code === code))
}
