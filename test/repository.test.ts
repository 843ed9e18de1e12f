import test from 'ava'
import { execFile } from 'node:child_process'
import { glob, readFile } from 'node:fs/promises'
import { promisify } from 'node:util'

const run = promisify(execFile)
const project = `${import.meta.dirname}/..`
const bin = `${project}/node_modules/.bin`

test('the types fit together', async t => {
  await t.notThrowsAsync(run(`${bin}/tsc`, ['--noEmit'], { cwd: project }))
})

test('the types of the console fit the tracked schema', async t => {
  await t.notThrowsAsync(run(`${bin}/graphql-codegen`, ['--config', 'server/console/codegen.ts'], { cwd: project }))
  await t.notThrowsAsync(run(`${bin}/tsc`, ['-p', 'server/console'], { cwd: project }))
})

test('every file is formatted as "npm run format" does it', async t => {
  await t.notThrowsAsync(run(`${bin}/prettier`, ['--check', '.'], { cwd: project }))
})

test('every dependency has an exact version', async t => {
  const manifest = JSON.parse(await readFile(`${project}/package.json`, 'utf8'))
  for (const [name, version] of Object.entries({ ...manifest.dependencies, ...manifest.devDependencies })) {
    t.regex(String(version), /^\d+\.\d+\.\d+(-[\w.]+)?$/, name)
  }
})

test('only one place of the server and one of the worker sets a role, and none sets a claim', async t => {
  const found: string[] = []
  for await (const file of glob('{server,worker}/**/*.ts', { cwd: project })) {
    const code = (await readFile(`${project}/${file}`, 'utf8')).replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, '')
    if (/set_config|\bset (local |session )?(role|session authorization)/i.test(code)) found.push(file)
  }
  t.deepEqual(found.sort(), ['server/claims.ts', 'worker/tenant.ts'])
})
