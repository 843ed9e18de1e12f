import { parseArgs } from 'node:util'
import { help, load, namesIn, runThrowaway } from '../helpers/command.ts'
import type { Proof, Verdict } from '../helpers/proof.ts'
import type { Throwaway } from '../helpers/throwaway.ts'

// `npm run prove -- NAME`: one proof, or all of them one after the other. Progress goes to stderr, the verdict is the
// last line on stdout.

const folder = import.meta.dirname
const usage = `npm run prove -- NAME [--short] [--break]

NAME is one of those below, or "all".
--short  the same proof smaller, in at most 15 seconds
--break  brings the bug back that the proof is there to find: it must then exit 1`

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { short: { type: 'boolean' }, break: { type: 'boolean' }, help: { type: 'boolean' } }
})
const { short = false, break: broken = false } = values
const [name] = positionals
const names = namesIn(folder)

if (values.help || !name) {
  console.log(await help(folder, usage))
} else if (name !== 'all' && !names.includes(name)) {
  console.error(`There is no proof "${name}": choose one of ${names.join(', ')}, or all.`)
  process.exitCode = 1
} else if (name !== 'all') {
  await runThrowaway(async tools => ((await judge(name, tools)) ? 0 : 1))
} else {
  await runThrowaway(async tools => {
    const failed: string[] = []
    for (const name of names) if (!(await judge(name, tools))) failed.push(name)
    console.log(JSON.stringify({ name, passed: failed.length === 0, short, broken, proofs: names.length, failed }))
    return failed.length > 0 ? 1 : 0
  })
}

async function judge(name: string, tools: Throwaway): Promise<boolean> {
  const begun = performance.now()
  const verdict: Verdict = { name, passed: false, short, broken, figures: {}, seconds: 0 }
  try {
    const proof = await load<Proof>(folder, name)
    tools.log(`${name}: ${proof.title}${broken ? `, broken: ${proof.breaks}` : ''}`)
    Object.assign(verdict, await proof.run({ ...tools, short, broken }))
  } catch (error) {
    tools.log(String((error as Error).stack ?? error))
    verdict.error = (error as Error).message
  }
  verdict.seconds = Math.round((performance.now() - begun) / 100) / 10
  await tools.stop()
  console.log(JSON.stringify(verdict))
  return verdict.passed
}
