import type { CookieOptions, Request, Response } from 'express'
import { HttpError } from './errors.ts'

/** Where a page keeps its refresh token: out of reach of every script. */
export interface SessionCookie {
  /** What the browser sent, or ''. */
  value: string
  keep(refreshToken: string): void
  forget(): void
}

// Sent along only by a page's own script, and never across origins: that would need our consent, which no CORS answer gives.
export const ownPageHeader = 'x-rowgate-page'
const lifetime = 30 * 24 * 60 * 60 * 1000

/**
 * The cookie of the page that asks. SameSite keeps other sites' pages from sending it; that they do not even set one (and so sign
 * somebody in as somebody else) the header and the origin see to. Throws CROSS_SITE.
 */
export function sessionCookie(request: Request, response: Response, production: boolean): SessionCookie {
  const origin = request.get('origin')
  const isOwn = origin === undefined || URL.parse(origin)?.host === request.get('host')
  if (request.get(ownPageHeader) === undefined || !isOwn) throw new HttpError('CROSS_SITE')
  // Without TLS, which only development does without, a browser takes no secure cookie.
  const secure = production || request.secure
  const name = secure ? '__Host-rowgate' : 'rowgate'
  const options: CookieOptions = { httpOnly: true, secure, sameSite: 'strict', path: '/' }
  return {
    value: readCookie(request.get('cookie'), name),
    keep: refreshToken => void response.cookie(name, refreshToken, { ...options, maxAge: lifetime }),
    forget: () => void response.clearCookie(name, options)
  }
}

function readCookie(header: string | undefined, name: string): string {
  const pair = header?.split(/; */).find(part => part.startsWith(`${name}=`))
  return pair?.slice(name.length + 1) ?? ''
}
