import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setImmediate, setTimeout as pause } from 'node:timers/promises'
import { readPidFile } from '../../db/cluster/pid-file.ts'
import { startCluster, type Cluster } from '../../db/cluster.ts'
import { mutate, type Answer } from './client.ts'
import type { Throwaway } from './throwaway.ts'

const project = join(import.meta.dirname, '../..')

/** The API as several processes on one database, each of which can be killed. */
export interface Fleet {
  /** Where each process is. */
  urls(): string[]
  /** A mutation as an API key, by the next process in turn. */
  mutate(key: string, name: string, input: Record<string, unknown>, fields?: string): Promise<Answer>
  /** kill -9 of the process that is doing the most at this moment, as soon as one does anything; another one takes its place. */
  killBusiest(): Promise<void>
}

interface ApiProcess {
  url: string
  requests: number
  kill(): Promise<void>
}

export async function startFleet(
  { keep }: Pick<Throwaway, 'keep'>,
  databaseUrl: string,
  size: number,
  env: NodeJS.ProcessEnv = {}
): Promise<Fleet> {
  const start = () => startProcess(keep, databaseUrl, env)
  const processes = await Promise.all(Array.from({ length: size }, start))
  let turn = 0
  return {
    urls: () => processes.map(({ url }) => url),
    async mutate(key, name, input, fields) {
      const process = processes[turn++ % processes.length]!
      process.requests++
      try {
        return await mutate(process.url, key, name, input, fields)
      } finally {
        process.requests--
      }
    },
    async killBusiest() {
      let busiest = processes[0]!
      do {
        await setImmediate()
        busiest = processes.toSorted((a, b) => b.requests - a.requests)[0]!
      } while (busiest.requests === 0)
      await busiest.kill()
      processes[processes.indexOf(busiest)] = await start()
    }
  }
}

async function startProcess(keep: Throwaway['keep'], databaseUrl: string, env: NodeJS.ProcessEnv): Promise<ApiProcess> {
  const child = spawn(process.execPath, ['server/index.ts'], {
    cwd: project,
    env: {
      PATH: process.env['PATH'],
      // What is proven here is not how many requests a second are taken.
      ROWGATE_RATE_LIMITS: '0',
      HOME: process.env['HOME'],
      GRAPHILE_ENV: 'production',
      NODE_ENV: 'production',
      PORT: '0',
      LOG_LEVEL: 'silent',
      DATABASE_URL: databaseUrl,
      ROWGATE_POOL_SIZE: '16',
      ROWGATE_JWT_SECRET: 'a secret for proofs, long enough to sign with',
      ...env
    },
    stdio: ['ignore', 'pipe', 'pipe']
  })
  // With all that it said: "exit" may come before the last words.
  const ended = once(child, 'close')
  const kill = async () => {
    child.kill('SIGKILL')
    await ended
  }
  keep(kill)
  let output = ''
  const listening = new Promise<string>(resolve => {
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        output += text
        const url = /listens at (\S+)/.exec(output)?.[1]
        if (url) resolve(url)
      })
    }
  })
  const url = await Promise.race([listening, ended.then(() => undefined)])
  if (url) return { url, requests: 0, kill }
  const [code, signal] = await ended
  // While PostgreSQL recovers there is nothing to connect to.
  if (!/could be reached|out of reach|starting up|recovery/i.test(output))
    throw new Error(`The API did not start (${code ?? signal}): ${output}`)
  await pause(100)
  return startProcess(keep, databaseUrl, env)
}

/** A cluster that can be killed and comes back at the same address with the same data. */
export interface MortalCluster {
  url: string
  /** kill -9 of the postmaster, then a start that recovers from the write-ahead log. */
  crash(): Promise<void>
}

/** What was committed survives the process: that it also survives the machine is PostgreSQL's own, and slow. */
const settings = { fsync: 'off', synchronous_commit: 'on', max_connections: '300' }

export async function startMortalCluster({ keep }: Pick<Throwaway, 'keep'>): Promise<MortalCluster> {
  const directory = await mkdtemp(`${tmpdir()}/rowgate-mortal-`)
  keep(() => rm(directory, { recursive: true, force: true }))
  let cluster: Cluster = await startCluster({ directory, settings })
  keep(() => cluster.stop('immediate'))
  const port = Number(new URL(cluster.url).port)
  return {
    url: cluster.url,
    async crash() {
      process.kill(readPidFile(cluster.dataDirectory)!.pid, 'SIGKILL')
      await cluster.lost
      cluster = await restart(() => startCluster({ directory, settings, port }))
    }
  }
}

/** Those who served its connections take a moment to notice, and PostgreSQL does not start beside them. */
async function restart<T>(start: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await start()
    } catch (error) {
      if (attempt === 100 || !/shared memory|lock file|is taken/.test((error as Error).message)) throw error
      await pause(50)
    }
  }
}
