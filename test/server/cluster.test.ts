import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { may } from '../../db/cluster/user.ts'
import { ClusterError, startCluster } from '../../db/cluster.ts'
import { clusterProcess } from './cluster-process.ts'
import { ask, isGone, postmasterPid, settings, test } from './cluster-setup.ts'

const nobody = 65534
const asRoot = process.getuid?.() === 0

test('it is PostgreSQL 18 in UTF-8 and UTC, reachable over TCP on this machine only, with a password', async t => {
  const cluster = await startCluster({ ...t.context, settings })
  try {
    const shown = await ask(
      cluster.url,
      `select current_setting('server_version_num')::int / 10000, current_setting('server_encoding'), current_setting('timezone'), current_setting('fsync'),
              current_setting('listen_addresses'), current_setting('unix_socket_directories'), current_setting('password_encryption'), lower('ÄÖ')`
    )
    t.deepEqual(shown, [18, 'UTF8', 'UTC', 'off', '127.0.0.1', '', 'scram-sha-256', 'äö'])
    const wrong = new URL(cluster.url)
    wrong.password = 'wrong'
    await t.throwsAsync(ask(wrong.href, 'select 1'), { code: '28P01' })
    t.is(statSync(join(cluster.dataDirectory, 'rowgate.password')).mode & 0o777, 0o600)
    const pid = postmasterPid(cluster.dataDirectory)
    t.not(statSync(`/proc/${pid}`).uid, 0)
    const session = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ')[3]
    t.is(Number(session), pid, 'Ctrl-C in our terminal would reach it')
  } finally {
    await cluster.stop()
  }
})

test('a second start finds the same data at the same port', async t => {
  const first = await startCluster({ ...t.context, settings })
  const pid = postmasterPid(first.dataDirectory)
  await ask(first.url, 'create table kept as select 42')
  await first.stop()
  t.true(isGone(pid))
  const second = await startCluster({ ...t.context, settings })
  try {
    t.is(second.url, first.url)
    t.deepEqual(await ask(second.url, 'table kept'), [42])
  } finally {
    await second.stop()
  }
})

test('when the last port was taken meanwhile, another one is chosen; a port that was asked for is refused', async t => {
  const first = await startCluster({ ...t.context, settings })
  const port = Number(new URL(first.url).port)
  await first.stop()
  const other = createServer()
  await once(other.listen(port, '127.0.0.1'), 'listening')
  t.is((other.address() as AddressInfo).port, port)
  await t.throwsAsync(startCluster({ ...t.context, settings, port }), {
    instanceOf: ClusterError,
    message: new RegExp(`Port ${port} .* is taken`)
  })
  const second = await startCluster({ ...t.context, settings })
  t.not(second.url, first.url)
  await second.stop()
  other.close()
  await once(other, 'close')
  const third = await startCluster({ ...t.context, settings, port })
  t.is(third.url, first.url)
  await third.stop()
})

test('a PostgreSQL ends with the process that started it, even if that is killed', async t => {
  const killed = await clusterProcess(t.context.directory)
  await ask(killed.url!, 'create table kept as select 42')
  const log = join(killed.dataDirectory!, 'server.log')
  await killed.kill()
  while (existsSync(join(killed.dataDirectory!, 'postmaster.pid'))) await setImmediate()
  t.regex(readFileSync(log, 'utf8'), /received fast shutdown request/)
  const cluster = await startCluster({ ...t.context, settings })
  t.deepEqual(await ask(cluster.url, 'table kept'), [42])
  await cluster.stop()
})

test('one that was left running all the same is stopped and its data taken over', async t => {
  const first = await startCluster({ ...t.context, settings })
  await ask(first.url, 'create table kept as select 42')
  await first.stop()
  const { uid, gid } = statSync(first.dataDirectory)
  const [program, ...options] = [
    ...readFileSync(join(first.dataDirectory, 'postmaster.opts'), 'utf8').matchAll(/"(.*?)"|^\S+/g)
  ].map(([all, quoted]) => quoted ?? all)
  const orphan = spawn(program!, options, { uid, gid, cwd: '/', stdio: 'ignore' })
  const ended = once(orphan, 'exit')
  while (!existsSync(join(first.dataDirectory, 'postmaster.pid'))) await setImmediate()
  const cluster = await startCluster({ ...t.context, settings })
  t.deepEqual(await ended, [0, null])
  t.deepEqual(await ask(cluster.url, 'table kept'), [42])
  await cluster.stop()
})

test('a left pid file whose number now belongs to another process does not block, and that process lives on', async t => {
  await (await startCluster({ ...t.context, settings })).stop()
  const owner = statSync(t.context.directory)
  const stranger = spawn('sleep', ['600'], { uid: owner.uid, gid: owner.gid })
  await once(stranger, 'spawn')
  for (const left of [`${stranger.pid}\n${t.context.directory}\n`, '']) {
    writeFileSync(join(t.context.directory, 'postmaster.pid'), left)
    await (await startCluster({ ...t.context, settings })).stop()
  }
  t.is(stranger.exitCode ?? stranger.signalCode, null)
  stranger.kill()
})

test('an end that nobody asked for is told, one that was asked for is not', async t => {
  const cluster = await startCluster({ ...t.context, settings })
  process.kill(postmasterPid(cluster.dataDirectory), 'SIGQUIT')
  t.regex((await cluster.lost).message, /ended unexpectedly/)
  await cluster.stop()
  const next = await startCluster({ ...t.context, settings })
  void next.lost.then(() => t.fail())
  await next.stop('immediate')
})

test('the path may be longer than a socket address', async t => {
  const directory = join(t.context.home, 'x'.repeat(120), 'postgres')
  const cluster = await startCluster({ directory, settings })
  t.deepEqual(await ask(cluster.url, 'select 1'), [1])
  await cluster.stop()
})

// Only root can give the data away to PostgreSQL's user.
if (asRoot)
  test('as root, data that PostgreSQL could not reach goes where it can, and is found there again', async t => {
    chmodSync(t.context.home, 0o700)
    const first = await startCluster({ ...t.context, settings })
    t.teardown(() => rmSync(first.dataDirectory, { recursive: true, force: true }))
    t.regex(first.dataDirectory, /^\/var\/lib\/rowgate\//)
    t.false(existsSync(t.context.directory))
    await ask(first.url, 'create table kept as select 42')
    await first.stop()
    chmodSync(t.context.home, 0o755)
    const second = await startCluster({ ...t.context, settings })
    t.is(second.dataDirectory, first.dataDirectory)
    t.deepEqual(await ask(second.url, 'table kept'), [42])
    await second.stop()
  })

// Only root can start a process as another user, who has to be able to run Node.js.
if (asRoot && may({ name: '', ids: { uid: nobody, gid: nobody } }, '-x', process.execPath))
  test('as another user than root it runs as that user, and refuses what is not its own', async t => {
    const own = mkdtempSync(join(tmpdir(), 'rowgate-cluster-'))
    chmodSync(own, 0o777)
    const running = await clusterProcess(join(own, 'postgres'), { uid: nobody })
    t.is(statSync(running.dataDirectory!).uid, nobody)
    t.deepEqual(await ask(running.url!, 'select 1'), [1])
    await running.end()
    rmSync(own, { recursive: true })

    await (await startCluster({ ...t.context, settings })).stop()
    chmodSync(t.context.home, 0o777)
    const refused = await clusterProcess(t.context.directory, { uid: nobody })
    t.regex(refused.refused ?? '', /belongs to another user \(uid \d+\): start as that user/)
    chmodSync(t.context.home, 0o555)
    const readOnly = await clusterProcess(join(t.context.home, 'new'), { uid: nobody })
    t.regex(readOnly.refused ?? '', /the rights do not allow it/)
  })
