import { globSync } from 'node:fs'
import { basename } from 'node:path'
import { pathToFileURL } from 'node:url'
import { leave } from '../../server/start/leave.ts'
import { openThrowaway, type Throwaway } from './throwaway.ts'

/** The names in a folder of runnable files: all but run.ts, which runs them. */
export const namesIn = (folder: string): string[] =>
  globSync('*.ts', { cwd: folder, exclude: ['run.ts', '*.test.ts'] })
    .map(file => basename(file, '.ts'))
    .sort()

export const load = async <T>(folder: string, name: string): Promise<T> =>
  (await import(pathToFileURL(`${folder}/${name}.ts`).href)).default

/** The usage and what there is, a line each. */
export async function help(folder: string, usage: string): Promise<string> {
  const names = namesIn(folder)
  const width = Math.max(...names.map(name => name.length)) + 2
  const titles = await Promise.all(names.map(async name => (await load<{ title: string }>(folder, name)).title))
  return [usage, '', ...names.map((name, index) => `  ${name.padEnd(width)}${titles[index]}`)].join('\n')
}

/** Does the work, stops what it started, also after a failure or Ctrl-C, and ends the process. */
export async function runThrowaway(work: (throwaway: Throwaway) => Promise<number>): Promise<void> {
  const throwaway = openThrowaway()
  let interrupted = false
  const signal = new Promise<number>(resolve => {
    // Every later one is swallowed: what was started must still be stopped.
    for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.on(name, () => {
        if (!interrupted) console.error(`${name}: stopping what was started …`)
        interrupted = true
        resolve(130)
      })
    }
  })
  // It would leave everything running.
  const crash = new Promise<number>(resolve => {
    process.on('uncaughtException', error => {
      console.error(error)
      resolve(1)
    })
  })
  const done = work(throwaway).catch(error => {
    // What fails after that fails because it was stopped.
    if (!interrupted) console.error(error)
    return 1
  })
  const code = await Promise.race([done, signal, crash])
  await throwaway.stop()
  leave(Number(process.exitCode ?? code))
}
