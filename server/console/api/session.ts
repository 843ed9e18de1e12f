import { Refusal } from './refusal.ts'
import { post } from './rest.ts'

// The access token is in this memory and nowhere else; the refresh token is in a cookie that no script reads.

export type SessionState = 'starting' | 'in' | 'out'
interface TokenAnswer {
  access_token: string
  expires_in: number
}

let token: string | undefined
let endsAt = 0
let state: SessionState = 'starting'
let refreshing: Promise<void> | undefined
const listeners = new Set<() => void>()
/** Other tabs of the same browser, which share the cookie. */
const tabs = new BroadcastChannel('rowgate-session')
tabs.onmessage = ({ data }) => (data === 'out' ? become('out') : void refresh().catch(() => {}))

function become(next: SessionState): void {
  if (next === 'out') token = undefined
  if (state === next) return
  state = next
  for (const listener of listeners) listener()
}

function take({ access_token, expires_in }: TokenAnswer): void {
  token = access_token
  endsAt = Date.now() + expires_in * 1000
  become('in')
}

export async function signIn(email: string, password: string): Promise<void> {
  take(await post<TokenAnswer>('/auth/token', { grant_type: 'password', username: email, password, store: 'cookie' }))
  tabs.postMessage('in')
}

/** After the server has ended the session. */
export function leave(): void {
  become('out')
  tabs.postMessage('out')
}

/**
 * A new access token for the cookie. A refresh token can be exchanged once, so the tabs take turns, and the answer is taken in even if
 * the page is left meanwhile.
 */
export function refresh(): Promise<void> {
  const exchange = async () => {
    try {
      const fields = { grant_type: 'refresh_token', store: 'cookie' }
      take(await post<TokenAnswer>('/auth/token', fields, { keepalive: true }))
    } catch (error) {
      if (error instanceof Refusal && Number(error.details['status'] ?? 400) < 429) become('out')
      else throw error
    }
  }
  // There are locks where the connection is safe, or on this machine.
  const turn = navigator.locks ? navigator.locks.request('rowgate-refresh', exchange) : exchange()
  refreshing ??= turn.finally(() => (refreshing = undefined))
  return refreshing
}

/** A token that lives for some seconds more; undefined when nobody is signed in. */
export async function accessToken(): Promise<string | undefined> {
  if (state === 'starting' || (token && Date.now() > endsAt - 30_000)) await refresh()
  return token
}

/** Asks as whoever is signed in, and once more with a new token where the old one was refused. */
export async function fetchSignedIn(input: RequestInfo | URL, init: RequestInit = {}): Promise<Response> {
  const send = async () => {
    const headers = new Headers(init.headers)
    const present = await accessToken()
    if (present) headers.set('authorization', `Bearer ${present}`)
    return fetch(input, { ...init, headers })
  }
  const response = await send()
  if (response.status !== 401 || state === 'out') return response
  await refresh()
  return token ? send() : response
}

export const sessionState = (): SessionState => state

export function watchSession(listener: () => void): () => void {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}
