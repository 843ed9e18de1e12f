import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { readPidFile } from '../../db/cluster/pid-file.ts'
import { startCluster, type Cluster } from '../../db/cluster.ts'
import type { Throwaway } from './throwaway.ts'

const project = join(import.meta.dirname, '../..')

/** The API as a process of its own, which can be killed. */
export interface ApiProcess {
  url: string
  /** kill -9. */
  kill(): Promise<void>
}

export async function startApiProcess(
  { keep }: Pick<Throwaway, 'keep'>,
  databaseUrl: string,
  poolSize = 16
): Promise<ApiProcess> {
  const child = spawn(process.execPath, ['server/index.ts'], {
    cwd: project,
    env: {
      PATH: process.env['PATH'],
      HOME: process.env['HOME'],
      GRAPHILE_ENV: 'production',
      NODE_ENV: 'production',
      PORT: '0',
      LOG_LEVEL: 'silent',
      DATABASE_URL: databaseUrl,
      ROWGATE_POOL_SIZE: String(poolSize),
      ROWGATE_JWT_SECRET: 'a secret for proofs, long enough to sign with'
    },
    stdio: ['ignore', 'pipe', 'pipe']
  })
  const ended = once(child, 'exit')
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
  const kill = async () => {
    child.kill('SIGKILL')
    await ended
  }
  keep(kill)
  const url = await Promise.race([listening, ended.then(() => undefined)])
  if (!url) throw new Error(`The API did not start: ${output}`)
  return { url, kill }
}

/** Several of them on one database, of which some are dead now and then. */
export interface Fleet {
  /** One that lives. */
  pick(): ApiProcess
  /** Kills the one that is picked most often lately, and starts another in its place. */
  replaceOne(): Promise<void>
}

export async function startFleet(tools: Pick<Throwaway, 'keep'>, databaseUrl: string, size: number): Promise<Fleet> {
  const processes = await Promise.all(Array.from({ length: size }, () => startApiProcess(tools, databaseUrl)))
  let turn = 0
  return {
    pick: () => processes[turn++ % processes.length]!,
    async replaceOne() {
      const [oldest] = processes.splice(0, 1)
      const successor = startApiProcess(tools, databaseUrl)
      await oldest!.kill()
      processes.push(await successor)
    }
  }
}

/** A cluster that can be killed and comes back at the same address with the same data. */
export interface MortalCluster {
  url: string
  /** kill -9 of the postmaster, then a start that recovers from the write-ahead log. */
  crash(): Promise<void>
}

export async function startMortalCluster(
  { keep }: Pick<Throwaway, 'keep'>,
  directory: string,
  settings: Record<string, string>
): Promise<MortalCluster> {
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

/** Backends of the killed one may take a moment to notice; PostgreSQL does not start beside them. */
async function restart<T>(start: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await start()
    } catch (error) {
      if (attempt === 20 || !/shared memory|lock file|is taken/.test((error as Error).message)) throw error
      await new Promise(resolve => setTimeout(resolve, 100))
    }
  }
}
