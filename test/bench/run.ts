import { parseArgs } from 'node:util'
import { print, type Bench } from '../helpers/bench.ts'
import { help, load, namesIn, runThrowaway } from '../helpers/command.ts'

// `npm run bench -- NAME`: ratios measured in one run. Progress goes to stderr, the tables to stdout.

const folder = import.meta.dirname
const usage = `npm run bench -- NAME [--short]

--short  fewer and shorter rounds: to see that it works, not to publish`

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { short: { type: 'boolean' }, help: { type: 'boolean' } }
})
const [name] = positionals
const names = namesIn(folder)

if (values.help || !name) {
  console.log(await help(folder, usage))
} else if (!names.includes(name)) {
  console.error(`There is no bench "${name}": choose one of ${names.join(', ')}.`)
  process.exitCode = 1
} else {
  await runThrowaway(async tools => {
    const bench = await load<Bench>(folder, name)
    const tables = await bench.run({ ...tools, short: values.short ?? false })
    console.log(tables.map(print).join('\n\n'))
    return 0
  })
}
