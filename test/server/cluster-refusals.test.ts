import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ClusterError, startCluster } from '../../db/cluster.ts'
import { clusterProcess } from './cluster-process.ts'
import { ask, settings, test } from './cluster-setup.ts'

test('a folder in use is refused, naming who uses it; afterwards it is free', async t => {
  const holder = await clusterProcess(t.context.directory)
  const error = await t.throwsAsync(startCluster({ ...t.context, settings }), { instanceOf: ClusterError })
  t.regex(
    error.message,
    new RegExp(`process ${holder.child.pid}, PostgreSQL at 127\\.0\\.0\\.1:${new URL(holder.url!).port}`)
  )
  t.false(error.message.includes('\n'))
  t.deepEqual(await ask(holder.url!, 'select 1'), [1])
  await holder.end()
  await (await startCluster({ ...t.context, settings })).stop()
  t.pass()
})

test('of several starts at once exactly one gets the folder, and nothing is left beside it', async t => {
  const racers = await Promise.all(Array.from({ length: 4 }, () => clusterProcess(t.context.directory)))
  t.is(racers.filter(({ url }) => url).length, 1)
  t.is(racers.filter(({ refused }) => /in use by another Rowgate/.test(refused ?? '')).length, 3)
  await Promise.all(racers.map(racer => racer.end()))
  t.deepEqual(readdirSync(t.context.home), ['postgres'])
})

test('an unusable folder is refused in one line, and nothing in it is touched', async t => {
  const { directory } = t.context
  const refuse = (pattern: RegExp) =>
    t.throwsAsync(startCluster({ directory, settings }), { instanceOf: ClusterError, message: pattern })
  writeFileSync(directory, 'mine')
  await refuse(/is a file: remove it, or set ROWGATE_DATA/)
  t.is(readFileSync(directory, 'utf8'), 'mine')
  await t.throwsAsync(startCluster({ directory: join(directory, 'below') }), {
    instanceOf: ClusterError,
    message: /a part of the path is a file/
  })
  await t.throwsAsync(startCluster({ directory: '/proc/none/postgres' }), {
    instanceOf: ClusterError,
    message: /can't be used/
  })
  rmSync(directory)
  mkdirSync(directory)
  writeFileSync(join(directory, 'diary.txt'), 'mine')
  await refuse(/holds something else than a database/)
  rmSync(join(directory, 'diary.txt'))

  const cluster = await startCluster({ directory, settings })
  await cluster.stop()
  writeFileSync(join(directory, 'PG_VERSION'), '15\n')
  await refuse(/holds data of PostgreSQL 15 and this is 18/)
  writeFileSync(join(directory, 'PG_VERSION'), '18\n')
  const password = readFileSync(join(directory, 'rowgate.password'))
  rmSync(join(directory, 'rowgate.password'))
  await refuse(/has lost its password file/)
  writeFileSync(join(directory, 'rowgate.password'), password)
  await (await startCluster({ directory, settings })).stop()
})

test('a failed initdb says why and leaves nothing that blocks the next start', async t => {
  const failed = await clusterProcess(t.context.directory, { limit: 64 })
  t.regex(failed.refused ?? '', /could not make its data folder .*: correct that/)
  t.deepEqual(readdirSync(t.context.home), [])
  mkdirSync(`${t.context.directory}.new-killed`)
  const next = await clusterProcess(t.context.directory)
  t.truthy(next.url)
  await next.end()
  t.deepEqual(readdirSync(t.context.home), ['postgres'])
})

test('when PostgreSQL does not start, its last words are shown', async t => {
  const wrong = { ...settings, shared_buffers: 'a lot' }
  const error = await t.throwsAsync<ClusterError>(startCluster({ ...t.context, settings: wrong }), {
    instanceOf: ClusterError
  })
  t.regex(error.message, /did not start \(.*shared_buffers.*\): correct that/)
  t.true(error.log.some(line => line.includes('shared_buffers')))
  await (await startCluster({ ...t.context, settings })).stop()
})
