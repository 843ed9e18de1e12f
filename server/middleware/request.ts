import { randomUUID } from 'node:crypto'
import { isIP } from 'node:net'
import type { Request, RequestHandler } from 'express'
import type { Logger } from 'pino'
import { pinoHttp } from 'pino-http'
import { anonymous, openRequest } from '../claims.ts'
import type { BeginTrace } from '../observability/trace.ts'
import { plainAddress } from '../rates/address.ts'
import { hasFailed, labelsOf, withRequest, type RequestContext } from '../request.ts'

export interface Identify {
  log: Logger
  beginTrace: BeginTrace
}

/** Gives each request an id, a trace and a log line, and makes them reachable from everything that answers it. */
export function identifyRequest({ log, beginTrace }: Identify): RequestHandler {
  // An id from outside is not taken over: it would be written into logs and settings unchecked.
  const logRequest = pinoHttp({
    // Without the search for secrets, which costs a line of so many parts more than all else: there is nothing of others in it. What
    // else is logged for a request goes through `context.log`, which has it.
    logger: log.child({}, { redact: [] }),
    genReqId: (_request, response) => {
      const id = randomUUID()
      response.setHeader('X-Request-Id', id)
      return id
    },
    // In the line's own object, not as a binding: what the logger adds by itself is the same, and stands there once.
    customSuccessObject: (request, _response, line) => ({ ...tell(request), ...line }),
    customErrorObject: (request, _response, _error, { err: _err, ...line }) => ({ ...tell(request), ...line }),
    customLogLevel: (_request, { statusCode }, error) =>
      error || statusCode === 500 ? 'error' : statusCode > 500 ? 'warn' : 'info',
    // Method, path and status only: headers hold credentials, and a query string may.
    serializers: {
      req: ({ id, method, url }) => ({ id, method, path: String(url).split('?')[0] }),
      res: ({ statusCode }) => ({ statusCode })
    },
    quietResLogger: true
  })

  return (request, response, next) => {
    logRequest(request, response, (error?: unknown) => {
      if (error) return next(error)
      const trace = beginTrace(request.get('traceparent'))
      const context: RequestContext = {
        id: String(request.id),
        trace,
        log,
        caller: anonymous,
        address: isIP(plainAddress(request.ip ?? '')) ? plainAddress(request.ip!) : undefined,
        tenantHints: [],
        opening: openRequest(anonymous, undefined, String(request.id)),
        problems: [],
        buckets: [],
        points: 1
      }
      contexts.set(request, context)
      response.setHeader('traceparent', trace.traceparent)
      response.once('close', () => {
        const { statusCode: status } = response
        const { caller, tenant, operation } = describe(context, request)
        trace.end({
          name: operation ? `GraphQL ${operation}` : `${request.method} ${request.path}`,
          status,
          failed: hasFailed(context, status),
          attributes: {
            'rowgate.request': context.id,
            'rowgate.caller': caller,
            ...(tenant && { 'rowgate.tenant': tenant })
          }
        })
      })
      withRequest(context, next)
    })
  }
}

const contexts = new WeakMap<object, RequestContext>()

/** What the line of a request says. */
function tell(request: object): Record<string, unknown> {
  const context = contexts.get(request)
  return { req: request, ...(context && describe(context, request as Request)) }
}

/** What of a request is worth a word: who, for which tenant, what, and what came of it. */
function describe(context: RequestContext, request: Request) {
  const { trace, caller, tenant, problems } = context
  const operation = operationOf(request.body)
  const codes = [...new Set(problems.map(({ code }) => code))]
  return {
    ...labelsOf(context),
    trace: trace.id,
    span: trace.span,
    caller: caller.kind,
    tenant,
    ...(operation && { operation }),
    ...(codes.length > 0 && { problems: codes })
  }
}

/** A GraphQL operation's name, which the client chose: only what has the form of one. */
function operationOf(body: unknown): string | undefined {
  const { query, operationName } = (typeof body === 'string' ? { query: body } : (body ?? {})) as Record<
    string,
    unknown
  >
  const named = operationName ?? /^\s*(?:query|mutation|subscription)\s+(\w+)/.exec(String(query ?? ''))?.[1]
  return typeof named === 'string' && /^[A-Za-z_]\w{0,99}$/.test(named) ? named : undefined
}
