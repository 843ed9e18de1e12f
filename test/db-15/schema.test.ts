import test from 'ava'
import { readFile } from 'node:fs/promises'
import { dumpSchema } from '../../db/schema-sql.ts'
import { openDatabase } from '../helpers/database.ts'

test('db/schema.sql is the schema of today; "npm run db:docs" writes it anew', async t => {
  const database = await openDatabase()
  t.teardown(() => database.close())
  t.is(await dumpSchema(database.url), await readFile(`${import.meta.dirname}/../../db/schema.sql`, 'utf8'))
})
