import test from 'ava'
import { readFile } from 'node:fs/promises'
import { buildSchema, isObjectType, type GraphQLObjectType } from 'graphql'
import { printApi } from '../../db/schema-graphql.ts'
import { openDatabase, type Database } from '../helpers/database.ts'

let database: Database
let printed: string
test.before(async () => {
  database = await openDatabase()
  printed = await printApi(database.apiUrl)
})
test.after.always(() => database.close())

const fieldsOf = (name: string) => (buildSchema(printed).getType(name) as GraphQLObjectType).getFields()

test('db/schema.graphql is the API of today; "npm run db:docs" writes it anew', async t => {
  t.is(printed, await readFile(`${import.meta.dirname}/../../db/schema.graphql`, 'utf8'))
})

test('every mutation is a verb of the database, or register', async t => {
  const { rows } = await database.admin.query(
    "select proname from pg_proc where pronamespace = 'app_public'::regnamespace and provolatile = 'v'"
  )
  const verbs = rows.map(({ proname }) => proname.replace(/_./g, (part: string) => part[1]!.toUpperCase()))
  t.deepEqual(Object.keys(fieldsOf('Mutation')).sort(), [...verbs, 'register'].sort())
})

test('every type, field and mutation that comes from the database says what it is', t => {
  const schema = buildSchema(printed)
  const silent = Object.values(schema.getTypeMap())
    .filter(isObjectType)
    .filter(({ name }) => !/^(__|.*(Payload|Connection|Edge)$|PageInfo|Query$)/.test(name))
    .flatMap(type => [
      ...(type.description ? [] : [type.name]),
      ...Object.values(type.getFields())
        .filter(({ description, type: of }) => !description && !isObjectType(of))
        .map(field => `${type.name}.${field.name}`)
    ])
  t.deepEqual(silent, [])
})

test('nothing without a grant is in it', async t => {
  for (const hidden of [
    'password',
    'verifier',
    'keyHash',
    'refreshHash',
    'session',
    'idempotencyKeyHash',
    'deletedAt'
  ]) {
    t.notRegex(
      printed.replace(/"""[\s\S]*?"""/g, '').replace(/input RegisterInput \{[^}]*\}/, ''),
      new RegExp(`\\b${hidden}\\b`, 'i')
    )
  }
  t.truthy(fieldsOf('Team')['description'], 'the control: a granted column is there')
  await database.admin.query('revoke select on app_public.budget_alerts from rowgate_user, rowgate_key')
  t.notRegex(await printApi(database.apiUrl), /type BudgetAlert /)
  t.regex(printed, /type BudgetAlert /)
})

test('objects have an id as in SQL and a nodeId, and lists can be ordered', t => {
  t.truthy(fieldsOf('Team')['id'])
  t.truthy(fieldsOf('Team')['nodeId'])
  t.truthy(fieldsOf('Query')['node'])
  t.true(fieldsOf('Query')['usageRecords']!.args.some(({ name }) => name === 'orderBy'))
})
