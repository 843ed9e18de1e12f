import { spawn, type ChildProcessByStdio } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import test from 'ava'

/** A life whose only part stops by `stop`. */
function alive(stop: string): ChildProcessByStdio<null, Readable, null> {
  const script = `
    const { once } = await import('node:events');
    const { live } = await import(process.argv[1]);
    live(async ({ keep }) => {
      setInterval(() => {}, 1000);
      keep(${stop}, () => console.log('forced'));
      console.log('up');
    });`
  const life = join(import.meta.dirname, '../../server/start/life.ts')
  return spawn(process.execPath, ['--input-type=module', '-e', script, life], { stdio: ['ignore', 'pipe', 'ignore'] })
}

test('a Ctrl-C that npm passes on although the terminal has sent it is not a second one', async t => {
  const child = alive(`async () => {
    const again = once(process, 'SIGINT');
    process.kill(process.pid, 'SIGINT');
    await again;
    console.log('stopped');
  }`)
  await once(child.stdout, 'data')
  child.kill('SIGINT')
  t.deepEqual([await text(child.stdout), child.exitCode ?? (await once(child, 'exit'))[0]], ['stopped\n', 0])
})

test('a later second Ctrl-C does not wait for what hangs', async t => {
  const child = alive('() => new Promise(() => {})')
  await once(child.stdout, 'data')
  const insisting = setInterval(() => child.kill('SIGINT'), 50)
  t.deepEqual([await text(child.stdout), child.exitCode ?? (await once(child, 'exit'))[0]], ['forced\n', 130])
  clearInterval(insisting)
})
