import type { WorkerConfig } from '../../worker/config.ts'
import type { Database } from './database.ts'

export const workerConfig = (database: Database, changes: Partial<WorkerConfig> = {}): WorkerConfig => ({
  databaseUrl: database.workerUrl,
  mailFrom: 'Rowgate <alerts@rowgate.example>',
  mailDirectory: '/nonexistent',
  webhooksAnywhere: true,
  concurrency: 2,
  connectTimeout: 60_000,
  logLevel: 'silent',
  host: '127.0.0.1',
  metrics: { port: undefined, token: undefined, tenants: 20 },
  ...changes
})

/** Resolves when the queue is empty: a job's row goes with its success. */
export async function drained({ admin }: Database): Promise<void> {
  while ((await admin.query('select from graphile_worker.jobs')).rowCount)
    await new Promise(resolve => setImmediate(resolve))
}
