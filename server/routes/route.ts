import { Router, type RequestHandler } from 'express'
import { HttpError } from '../errors.ts'

/** A REST route: what answers, and the words for it in the OpenAPI document. */
export interface Route {
  method: 'get' | 'post'
  /** With names in braces, as OpenAPI has them. */
  path: string
  /** An operation object of OpenAPI 3.1; absent for pages. */
  operation?: Record<string, unknown>
  handlers: RequestHandler[]
}

/** All routes; another method than theirs is 405 and says which there are. */
export function mount(routes: readonly Route[]): Router {
  const router = Router()
  for (const { method, path, handlers } of routes) router[method](asExpress(path), ...handlers)
  for (const [path, same = []] of Object.entries(Object.groupBy(routes, ({ path }) => path))) {
    const allowed = same.map(({ method }) => (method === 'get' ? 'GET, HEAD' : method.toUpperCase())).join(', ')
    router.all(asExpress(path), (_request, response) => {
      response.set('Allow', allowed)
      throw new HttpError('METHOD_NOT_ALLOWED')
    })
  }
  return router
}

const asExpress = (path: string): string => path.replace(/\{(\w+)\}/g, ':$1')
