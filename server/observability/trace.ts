import { randomBytes } from 'node:crypto'

/** A request's place in a trace (W3C Trace Context). */
export interface Trace {
  id: string
  /** Our own part of it. */
  span: string
  /** What whoever we call or answer is told. */
  traceparent: string
  /** Begins a part of this part; the answer ends it. */
  part(name: string): (error?: unknown) => void
  end(facts: TraceFacts): void
}

export interface TraceFacts {
  name: string
  status: number
  failed: boolean
  attributes: Record<string, string>
}

/** Goes on with the trace of a traceparent header, or begins one. */
export type BeginTrace = (traceparent: string | undefined) => Trace

// Version 00 ends here; a later one may have more behind.
const form = /^(?!ff)(?!00.{54})[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-[0-9a-f]([0-9a-f])(?:-.*)?$/

/** Ids only, for the log: nothing is recorded or sent. */
export const beginTrace: BeginTrace = header => {
  const [, id = randomBytes(16).toString('hex'), flags = '0'] = form.exec(header ?? '') ?? []
  const span = randomBytes(8).toString('hex')
  const sampled = parseInt(flags, 16) & 1
  return { id, span, traceparent: `00-${id}-${span}-0${sampled}`, part: () => () => {}, end: () => {} }
}
