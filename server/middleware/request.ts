import { randomUUID } from 'node:crypto'
import type { RequestHandler } from 'express'
import type { Logger } from 'pino'
import { pinoHttp } from 'pino-http'
import { anonymous, openRequest } from '../claims.ts'
import { withRequest, type RequestContext } from '../request.ts'

/** Gives each request an id and a log line, and makes both reachable from everything that answers it. */
export function identifyRequest(log: Logger): RequestHandler {
  // An id from outside is not taken over: it would be written into logs and settings unchecked.
  const logRequest = pinoHttp({
    logger: log,
    genReqId: (_request, response) => {
      const id = randomUUID()
      response.setHeader('X-Request-Id', id)
      return id
    },
    customProps: request => {
      const context = contexts.get(request)
      return {
        ...(context?.tenant && { tenant: context.tenant }),
        ...(context && { caller: context.caller.kind }),
        ...(context?.refusal && { refusal: context.refusal.code })
      }
    },
    customLogLevel: (_request, { statusCode }, error) =>
      error || statusCode === 500 ? 'error' : statusCode > 500 ? 'warn' : 'info',
    // Method, path and status only: headers hold credentials, and a query string may.
    serializers: {
      req: ({ id, method, url }) => ({ id, method, path: String(url).split('?')[0] }),
      res: ({ statusCode }) => ({ statusCode })
    },
    quietReqLogger: true
  })

  return (request, response, next) => {
    logRequest(request, response, (error?: unknown) => {
      if (error) return next(error)
      const context: RequestContext = {
        id: String(request.id),
        log: request.log,
        caller: anonymous,
        opening: openRequest(anonymous, undefined, String(request.id)),
        buckets: [],
        points: 1
      }
      contexts.set(request, context)
      withRequest(context, next)
    })
  }
}

const contexts = new WeakMap<object, RequestContext>()
