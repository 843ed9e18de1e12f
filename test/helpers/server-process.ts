import { spawn } from 'node:child_process'
import { once } from 'node:events'

/** The API in a process of its own, as `npm run server` runs it. */
export async function startServerProcess(databaseUrl: string, env: NodeJS.ProcessEnv = {}) {
  const { PATH, HOME } = process.env
  const child = spawn(process.execPath, [`${import.meta.dirname}/../../server/index.ts`], {
    env: {
      PATH,
      HOME,
      GRAPHILE_ENV: 'production',
      PORT: '0',
      LOG_LEVEL: 'error',
      DATABASE_URL: databaseUrl,
      ROWGATE_JWT_SECRET: 'a secret for tests, long enough to sign with',
      ...env
    },
    stdio: ['ignore', 'pipe', 'inherit']
  })
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout.on('data', data => {
      const found = /listens at (http:\S+)/.exec(String(data))?.[1]
      if (found) resolve(found)
    })
    child.on('exit', code => reject(new Error(`the API ended with ${code}`)))
  })
  return {
    url,
    pid: child.pid!,
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return
      const ended = once(child, 'exit')
      child.kill('SIGTERM')
      await ended
    }
  }
}
