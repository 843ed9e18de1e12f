import { PgSubscriber } from '@dataplan/pg/adaptors/pg'
import type pg from 'pg'
import { HttpError } from './errors.ts'
import { flight } from './pg.ts'
import { nameOf } from './rates/limits.ts'
import { currentRequest } from './request.ts'

/** How many subscriptions one credential may have open in one process. */
const mostOpen = 20
/** What moves within this time is told once; longer than the database keeps quiet about one part of a counter. */
const pause = 300
/** Who may no longer see it is gone after this time, and what was not announced is found. */
const round = 5000

interface Seen {
  channel: string
  budget_id: string | null
  state: string
}

/**
 * Who watches an organization's budgets. Notifications say only where to look: each look is a flight of its own, which resolves the
 * request anew, so an ended session or key, or a member who was removed, ends the subscription.
 */
export class BudgetWatch {
  readonly #pool: pg.Pool
  readonly #listener: PgSubscriber
  readonly #open = new Map<string, number>()
  readonly #ending = new AbortController()

  constructor(pool: pg.Pool) {
    this.#pool = pool
    this.#listener = new PgSubscriber(pool)
  }

  /** The ids of the budgets that change, as far as the caller sees them. Throws what refuses the caller. */
  async subscribe(organization: string): Promise<AsyncIterableIterator<string>> {
    const { opening, signal, caller } = currentRequest()
    const look = async (ids: readonly string[] | null): Promise<Seen[]> => {
      const { rows } = await flight<Seen>(this.#pool, opening, {
        name: 'watch_budgets',
        text: 'select * from app_hidden.watch_budgets($1, $2)',
        values: [organization, ids]
      })
      return [...rows]
    }
    const leave = this.#enter(nameOf(caller))
    const ended = AbortSignal.any([this.#ending.signal, ...(signal ? [signal] : [])])
    // Also for a client that is gone before the first event was asked for.
    ended.addEventListener('abort', leave)
    try {
      // Before anything is listened to, and then again: nothing is missed in between.
      const [{ channel }] = (await look([])) as [Seen]
      const news = this.#listener.subscribe(channel)
      ended.addEventListener('abort', () => void news.return?.())
      return this.#follow(await look(null), look, news, ended, leave)
    } catch (error) {
      leave()
      throw error
    }
  }

  async *#follow(
    first: readonly Seen[],
    look: (ids: readonly string[] | null) => Promise<Seen[]>,
    news: AsyncIterableIterator<string>,
    ended: AbortSignal,
    leave: () => void
  ): AsyncIterableIterator<string> {
    const known = new Map(first.map(({ budget_id, state }) => [budget_id, state]))
    const named = new Set<string>()
    let wake = () => {}
    ended.addEventListener('abort', () => wake())
    void (async () => {
      for await (const id of news) {
        named.add(id)
        wake()
      }
    })()
    const sleep = (milliseconds: number) =>
      new Promise<void>(resolve => {
        const timer = setTimeout(resolve, milliseconds)
        wake = () => {
          clearTimeout(timer)
          resolve()
        }
        if (ended.aborted) wake()
      })
    try {
      for (let lastRound = Date.now(); ;) {
        if (named.size === 0) await sleep(round)
        wake = () => {}
        if (!ended.aborted && named.size > 0) await new Promise(resolve => setTimeout(resolve, pause))
        if (ended.aborted) return
        const isRound = Date.now() - lastRound >= round
        const ids = isRound ? null : [...named]
        if (isRound) lastRound = Date.now()
        named.clear()
        for (const { budget_id: id, state } of await look(ids)) {
          if (id === null || known.get(id) === state) continue
          known.set(id, state)
          yield id
        }
      }
    } finally {
      await news.return?.()
      leave()
    }
  }

  #enter(name: string): () => void {
    const count = this.#open.get(name) ?? 0
    if (count >= mostOpen) throw new HttpError('TOO_MANY_SUBSCRIPTIONS', { limit: mostOpen })
    this.#open.set(name, count + 1)
    let inside = true
    return () => {
      if (!inside) return
      inside = false
      const left = this.#open.get(name)! - 1
      if (left) this.#open.set(name, left)
      else this.#open.delete(name)
    }
  }

  /** Ends all, so that the server can close. */
  async close(): Promise<void> {
    this.#ending.abort()
    await this.#listener.release()
  }
}
