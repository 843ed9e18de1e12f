import { setMaxListeners } from 'node:events'
import type { RequestHandler, Response } from 'express'
import { HttpError } from '../errors.ts'
import { currentRequest } from '../request.ts'
import { openFor } from './authenticate.ts'

/** Ends the work for a request that takes too long, or whose client has gone: PostgreSQL is told to stop as well. */
export const deadline =
  (seconds: number): RequestHandler =>
  (_request, response, next) => {
    const context = currentRequest()
    const began = performance.now()
    const controller = new AbortController()
    const { signal } = controller
    // Each transaction listens, and a document may have many.
    setMaxListeners(0, signal)
    const stop = () => controller.abort(new HttpError('TIMEOUT'))
    const timer = setTimeout(stop, seconds * 1000)
    // `this`, so that no closure of the context refers to the answer: the small collections of memory take contexts for alive, and
    // with each they kept 10 kB of an answer that had been sent. They took 20 ms instead of 7 with 500 refusals a second.
    response.on('close', function (this: Response) {
      clearTimeout(timer)
      if (!this.writableFinished) stop()
    })
    context.stream = () => {
      clearTimeout(timer)
      context.streamedAfter = performance.now() - began
    }
    context.signal = signal
    context.opening = openFor(context)
    next()
  }
