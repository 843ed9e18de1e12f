import { randomBytes } from 'node:crypto'
import { existsSync, globSync, readFileSync } from 'node:fs'
import { extname, join } from 'node:path'
import express, { Router } from 'express'

const built = join(import.meta.dirname, '../console/dist')
/** Stands in the page where each answer's own nonce goes. */
const placeholder = '__NONCE__'

// Scripts from here only. Styles are made while the page runs, so they carry the nonce of the answer that brought the page.
const policy = (nonce: string) =>
  [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data: https:",
    "font-src 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'"
  ].join('; ')

/** The console: its files, which never change under their name and were packed when they were built, and for every other address its one page. */
export function consolePages(): Router {
  const router = Router()
  const page = existsSync(join(built, 'index.html')) ? readFileSync(join(built, 'index.html'), 'utf8') : undefined
  // Not built: there is nothing here.
  if (page === undefined) return router
  const packed = new Set(globSync('**/*.gz', { cwd: built }))
  router.get(/\.(js|css)$/, (request, response, next) => {
    const file = `${request.path.slice(1)}.gz`
    if (packed.has(file)) {
      response.vary('Accept-Encoding')
      if (request.acceptsEncodings('gzip')) {
        response.set('Content-Encoding', 'gzip').type(extname(request.path))
        request.url = `/${file}`
      }
    }
    next()
  })
  router.use(
    express.static(built, { index: false, redirect: false, immutable: true, maxAge: '1y', dotfiles: 'ignore' })
  )
  router.get(['/', '/*place'], (request, response, next) => {
    if (!request.accepts('html') || /\.[a-z0-9]+$/i.test(request.path)) return next()
    const nonce = randomBytes(16).toString('base64')
    response
      .set({ 'Content-Security-Policy': policy(nonce), 'Cache-Control': 'no-store' })
      .type('html')
      .send(page.replaceAll(placeholder, nonce))
  })
  return router
}
