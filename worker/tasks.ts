import { glob } from 'node:fs/promises'
import {
  parseCronItems,
  type CronItem,
  type CronItemOptions,
  type ParsedCronItem,
  type TaskList
} from 'graphile-worker'
import type { Logger } from 'pino'
import type { SendMail } from './mail.ts'
import type { AskAsJob } from './tenant.ts'
import type { WatchJob } from './watch.ts'
import type { PostWebhook } from './webhook.ts'

export interface TaskTools {
  ask: AskAsJob
  send: SendMail
  post: PostWebhook
  /** How a mail names a secret: a link to the page that takes it. */
  link: (page: string, secret: string) => string
  /** The address of a page; nothing where there are no pages. */
  page: (path: string) => string | undefined
  log: Logger
}

/** A task gets ids, reads everything else again, and returns quietly when it is gone. */
export type Task = (payload: unknown, tools: TaskTools) => Promise<void>

export interface Tasks {
  tasks: TaskList
  /** Those that the clock queues: their file exports when, as `cron`. */
  clock: ParsedCronItem[]
}

/** Every file of worker/tasks, by its name: tasks/alerts/mail.ts is alerts/mail. */
export async function loadTasks(tools: TaskTools, watch: WatchJob): Promise<Tasks> {
  const tasks: TaskList = {}
  const clock: CronItem[] = []
  for await (const file of glob('*/*.ts', { cwd: `${import.meta.dirname}/tasks` })) {
    const name = file.replace(/\.ts$/, '').replaceAll('\\', '/')
    const { default: task, cron } = (await import(`./tasks/${name}.ts`)) as { default: Task; cron?: string }
    if (cron) clock.push({ task: name, match: cron, identifier: name, options: missed(name) })
    tasks[name] = async (payload, { job }) => {
      const ended = watch(name, organizationOf(payload))
      try {
        const log = tools.log.child({ job: job.id, task: name, ...originOf(payload) })
        await task(payload, { ...tools, log, send: mail => tools.send(mail, log) })
        ended(false)
      } catch (error) {
        ended(true)
        throw error
      }
    }
  }
  return { tasks, clock: parseCronItems(clock) }
}

const day = 24 * 60 * 60 * 1000

/**
 * What was missed while no worker ran is made up for as soon as there is one again. Such a task finds all that there is to do, so a run is
 * enough: all that are missed share a key, under which one job waits. While that runs there may be another one, and two at a time are safe.
 */
const missed = (name: string): CronItemOptions => ({ backfillPeriod: day, jobKey: `clock:${name}` })

/** Whose job it is; one that is about an account alone is nobody's. */
const organizationOf = (payload: unknown): string | undefined => {
  const { organization_id: id } = (payload ?? {}) as Record<string, unknown>
  return typeof id === 'string' ? id : undefined
}

/** What the log says of a job: for which organization, and which request, person and key it was queued by. */
const originOf = (payload: unknown): Record<string, unknown> => {
  const {
    organization_id: tenant,
    by_request_id: reqId,
    by_user_id: user,
    by_key_id: key
  } = (payload ?? {}) as Record<string, unknown>
  return { tenant: tenant ?? undefined, reqId, user, key }
}

/** Throws when a payload lacks one of the ids, or has something else in its place. */
export function ids<Name extends string>(payload: unknown, ...names: Name[]): Record<Name, string> {
  const values = (payload ?? {}) as Record<string, unknown>
  for (const name of names) {
    if (typeof values[name] !== 'string') throw new TypeError(`The job's payload has no ${name}.`)
  }
  return values as Record<Name, string>
}
