import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'

const project = join(import.meta.dirname, '../..')

/** Only what is given here: the caller's own PORT or DATABASE_URL must not decide a test. */
function environment(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return { PATH: process.env['PATH'], HOME: process.env['HOME'], PORT: '0', GRAPHILE_ENV: 'production', ...env }
}

export interface StartProcess {
  output(): string
  signal(...names: NodeJS.Signals[]): void
  exit: Promise<number | null>
}

/** Resolves when the banner is there, or when it ended without one. */
export async function start(env: NodeJS.ProcessEnv): Promise<StartProcess> {
  const child = spawn(process.execPath, ['server/start.ts'], {
    cwd: project,
    env: environment(env),
    stdio: ['ignore', 'pipe', 'pipe']
  })
  const exit = once(child, 'close').then(([code]) => code as number | null)
  let output = ''
  const banner = new Promise<void>(resolve => {
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        output += text
        if (output.includes('Ctrl-C stops everything.')) resolve()
      })
    }
  })
  await Promise.race([banner, exit])
  return { output: () => output, exit, signal: (...names) => names.forEach(name => child.kill(name)) }
}

export function databaseUrl(env: NodeJS.ProcessEnv): { status: number | null; stdout: string; stderr: string } {
  return spawnSync(process.execPath, ['db/url.ts'], { cwd: project, env: environment(env), encoding: 'utf8' })
}
