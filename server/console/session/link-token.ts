import { useState } from 'react'

/** The secret of a link in an e-mail. It stands behind the #, so that no server sees it, and leaves the address at once. */
export function useLinkToken(): string | undefined {
  const [token] = useState(() => new URLSearchParams(window.location.hash.slice(1)).get('token') ?? undefined)
  if (window.location.hash) history.replaceState(history.state, '', window.location.pathname + window.location.search)
  return token
}
