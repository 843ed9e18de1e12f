import type { FieldDef, PoolClient, Submittable } from 'pg'
import { Query, Result, utils } from './driver.ts'
import type { Connection } from './driver.ts'
import { noticeOf } from './notice.ts'
import type { Notice, NoticeMessage } from './notice.ts'
import type { Prepared, PreparedStatements } from './prepared.ts'
import type { Statement } from './statement.ts'

/** What came back for a batch. Half-way failures are answers too, because how far it got decides what follows. */
export interface Answer {
  /** The command tags of the statements that completed: with an error, `statements[tags.length]` raised it. */
  readonly tags: string[]
  readonly rows: any[]
  rowCount: number | null
  readonly notices: Notice[]
  error: Error | null
}

interface Step {
  text: string
  values: unknown[]
  prepared: Prepared | null
  onRow: Statement['onRow']
}

/**
 * Several statements in one write, with one Sync at the end.
 *
 * That Sync is the guarantee: after an error Postgres skips every message up to the next Sync, so a statement can run
 * only when all before it succeeded, `begin` included. pg's own `pipeline: true` puts a Sync behind each statement:
 * when `begin` fails there (a cancel is enough), the rest runs one by one in autocommit, as the login.
 * The extended protocol also takes one statement per message, so no text can smuggle in `; commit; …`.
 */
class Batch extends Query {
  readonly answer: Answer
  callback: (error: Error | null) => void
  readonly #known: PreparedStatements
  readonly #steps: Step[]
  readonly #answerAt: number
  readonly #result: Result

  constructor(known: PreparedStatements, statements: readonly Statement[], answerAt: number, done: () => void) {
    super({ text: '' })
    this.#known = known
    this.#answerAt = answerAt
    this.#result = new Result(statements[answerAt]?.arrayMode ? 'array' : undefined)
    this.answer = { tags: [], rows: this.#result.rows, rowCount: null, notices: [], error: null }
    this.callback = error => {
      this.answer.error ??= error
      done()
    }
    // A value that can't be serialised throws here, before a byte is written.
    this.#steps = statements.map(({ text, values = [], name, plannedFor = '', onRow }) => ({
      text,
      values: values.map(value => utils.prepareValue(value)),
      prepared: name === undefined ? null : known.use(`${plannedFor}\0${text}`),
      onRow
    }))
  }

  submit(connection: Connection): void {
    connection.stream.cork()
    // In front, where no error of this batch makes the server skip them.
    const inUse = new Set(this.#steps.map(({ prepared }) => prepared))
    for (const name of this.#known.evict(inUse)) connection.close({ type: 'S', name })

    for (const [index, { text, values, prepared }] of this.#steps.entries()) {
      const name = prepared?.id ?? ''
      if (!prepared?.parsed) {
        // It may exist all the same: parsed, and then its execution raised. Closing what does not exist is no error.
        if (prepared) connection.close({ type: 'S', name })
        connection.parse({ name, text })
      }
      connection.bind({ statement: name, values })
      if (index === this.#answerAt) connection.describe({ type: 'P' })
      connection.execute({})
    }
    connection.sync()
    connection.stream.uncork()
  }

  get #current(): Step | undefined {
    return this.#steps[this.answer.tags.length]
  }

  get #isAtAnswer(): boolean {
    return this.answer.tags.length === this.#answerAt
  }

  handleRowDescription(message: { fields: FieldDef[] }): void {
    this.#result.addFields(message.fields)
  }

  handleDataRow(message: { fields: unknown[] }): void {
    if (this.answer.error) return
    if (!this.#isAtAnswer) return this.#current?.onRow?.(message.fields as (string | null)[])
    try {
      this.#result.addRow(this.#result.parseRow(message.fields))
    } catch (error) {
      this.answer.error = error as Error
    }
  }

  handleCommandComplete(message: { text: string }): void {
    if (this.#isAtAnswer) {
      this.#result.addCommandComplete(message)
      this.answer.rowCount = this.#result.rowCount
    }
    this.#complete(message.text)
  }

  handleEmptyQuery(): void {
    this.#complete('')
  }

  #complete(tag: string): void {
    if (this.#current?.prepared) this.#current.prepared.parsed = true
    this.answer.tags.push(tag)
  }

  /** Only what the asked statement, or the commit behind it, has to say. */
  handleNotice(message: NoticeMessage): void {
    if (this.answer.tags.length >= this.#answerAt) this.answer.notices.push(noticeOf(message))
  }

  // Postgres waits for rows and ignores the Sync that is already there: only the end of the connection gets it out.
  handleCopyInResponse(connection: Connection): void {
    connection.stream.destroy(new Error('COPY FROM STDIN can not run through here'))
  }

  handleCopyData(): void {}

  handleError(error: Error): void {
    // Parsed anew next time: the parse itself may have failed, or a migration may have outdated it.
    if (this.#current?.prepared) this.#current.prepared.parsed = false
    this.callback(error)
  }

  handleReadyForQuery(): void {
    this.callback(null)
  }
}

/**
 * Runs the statements as one batch, in one flight; rows, count and notices are those of `statements[answerAt]`.
 * Rejects only when a value can't be written, and then nothing was sent; all else is in the answer.
 */
export async function send(
  client: PoolClient,
  known: PreparedStatements,
  statements: readonly Statement[],
  answerAt = 0
): Promise<Answer> {
  const { promise, resolve } = Promise.withResolvers<Answer>()
  const batch = new Batch(known, statements, answerAt, () => {
    client.removeListener('notice', onNotice)
    resolve(batch.answer)
  })
  const onNotice = (message: object) => batch.handleNotice(message)
  client.on('notice', onNotice)
  client.query(batch as unknown as Submittable)
  return promise
}
