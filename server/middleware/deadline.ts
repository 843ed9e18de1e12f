import { setMaxListeners } from 'node:events'
import type { RequestHandler } from 'express'
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
    response.on('close', () => {
      clearTimeout(timer)
      if (!response.writableFinished) stop()
    })
    context.stream = () => {
      clearTimeout(timer)
      context.streamedAfter = performance.now() - began
    }
    context.signal = signal
    context.opening = openFor(context)
    next()
  }
