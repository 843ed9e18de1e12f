import test from 'ava'
import { buildSchema, parse, validate } from 'graphql'
import { glob, readFile } from 'node:fs/promises'

const project = `${import.meta.dirname}/../..`

test('every document of the console is whole by itself and fits the tracked schema', async t => {
  const schema = buildSchema(await readFile(`${project}/db/schema.graphql`, 'utf8'))
  let count = 0
  for await (const file of glob('server/console/**/*.{ts,tsx}', { cwd: project })) {
    if (/\/(generated|dist)\//.test(file)) continue
    for (const [, text] of (await readFile(`${project}/${file}`, 'utf8')).matchAll(
      /graphql\(\/\* GraphQL \*\/ `([^`]*)`/g
    )) {
      count++
      t.deepEqual(
        validate(schema, parse(text!)).map(({ message }) => message),
        [],
        file
      )
    }
  }
  t.true(count > 50, `${count} documents`)
})
