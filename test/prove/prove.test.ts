import { spawn } from 'node:child_process'
import { text } from 'node:stream/consumers'
import test from 'ava'
import { load, namesIn } from '../helpers/command.ts'
import type { Proof, Verdict } from '../helpers/proof.ts'

const folder = import.meta.dirname
const proofs = await Promise.all(namesIn(folder).map(async name => ({ name, ...(await load<Proof>(folder, name)) })))
const families = Object.entries(Object.groupBy(proofs, ({ family }) => family)) as [string, typeof proofs][]
// A whole round of breaks takes long: each day it is the next one's turn.
const today = Math.floor(Date.now() / 86_400_000)

for (const { name, title } of proofs) {
  test.serial(`proven: ${title}`, async t => {
    const { verdict, code, progress } = await prove(name)
    t.like(verdict, { name, passed: true, short: true, broken: false }, progress)
    t.is(code, 0)
  })
}

for (const [family, members] of families) {
  test.serial(`one of the proofs about ${family} finds its bug when it is brought back`, async t => {
    const { name } = members[today % members.length]!
    const { verdict, code, progress } = await prove(name, '--break')
    t.like(verdict, { name, passed: false, short: true, broken: true, error: undefined }, progress)
    t.is(code, 1)
  })
}

async function prove(name: string, ...options: string[]) {
  const child = spawn(process.execPath, [`${folder}/run.ts`, name, '--short', ...options])
  const ended = new Promise<number | null>(resolve => child.on('close', resolve))
  const [output, progress] = await Promise.all([text(child.stdout), text(child.stderr)])
  const code = await ended
  const last = output.trim().split('\n').at(-1)
  if (!last) throw new Error(`${name} ended with ${code} and without a verdict:\n${progress}`)
  return { verdict: JSON.parse(last) as Verdict, code, progress }
}
