import type { Opening, Statement } from './pg.ts'
import type { Bucket } from './rates/buckets.ts'

/** Who a credential names: its form says which of these it is; whether that is alive, the database says. */
export type Caller =
  | { readonly kind: 'anonymous' }
  | {
      readonly kind: 'person'
      readonly userId: string
      readonly sessionId: string
      readonly tenant?: string | undefined
    }
  | {
      readonly kind: 'key'
      readonly hash: Buffer
      /** The part of it that is shown and logged. */
      readonly prefix?: string | undefined
    }
  /** A token that was given for an API key's secret. */
  | { readonly kind: 'key_token'; readonly keyId: string; readonly secretId: string }
  /** A token of another issuer. */
  | { readonly kind: 'identity'; readonly issuer: string; readonly subject: string }

const roles = {
  anonymous: 'rowgate_anonymous',
  person: 'rowgate_user',
  identity: 'rowgate_user',
  key: 'rowgate_key',
  key_token: 'rowgate_key'
} as const

/** As the database's functions take it. */
export const partsOf = (caller: Caller) => ({
  userId: caller.kind === 'person' ? caller.userId : null,
  // What a session is to a person, its secret is to a key's token.
  sessionId: caller.kind === 'person' ? caller.sessionId : caller.kind === 'key_token' ? caller.secretId : null,
  keyHash: caller.kind === 'key' ? caller.hash : null,
  keyId: caller.kind === 'key_token' ? caller.keyId : null,
  issuer: caller.kind === 'identity' ? caller.issuer : null,
  subject: caller.kind === 'identity' ? caller.subject : null
})

/** Who a request is by and for, as the database says. */
export interface Resolved {
  tenant: string | undefined
  person: string | undefined
  key: string | undefined
  /** The tenant's. */
  slug: string | undefined
}

// From a function, so that the claims are read when it has set them.
const resolve = `
  select tenant, pg_catalog.current_setting('rowgate.user_id'), pg_catalog.current_setting('rowgate.key_id'),
    pg_catalog.current_setting('rowgate.slug')
  from app_hidden.resolve_request($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) as tenant`

/**
 * What opens every transaction of a request. The only place of the server that sets claims or a role: the values go to
 * `app_hidden.resolve_request`, which checks them and makes them the claims of the transaction.
 *
 * @param tenantHints what the client asked for (id or slug), in any place; the token's own narrowing comes on top.
 * @param told.address where the request comes from; a key may be bound to some.
 * @param told.onResolved gets who the database found it to be, and the tenant that it chose, if any.
 * @param told.signal aborted when nobody waits for the answer any more.
 * @param told.onBucket gets each of the caller's rate limits; they are asked for only then.
 */
export function openRequest(
  caller: Caller,
  tenantHints: string | readonly string[] | undefined,
  requestId: string,
  told: {
    address?: string | undefined
    onResolved?: (resolved: Resolved) => void
    onBucket?: (bucket: Bucket) => void
    signal?: AbortSignal
  } = {}
): Opening {
  const { userId, sessionId, keyHash, keyId, issuer, subject } = partsOf(caller)
  const narrowed = caller.kind === 'person' ? caller.tenant : undefined
  const { address = null, onResolved, onBucket, signal } = told
  const role = `set local role ${roles[caller.kind]}`
  return {
    statements: [
      {
        name: 'resolve_request',
        text: resolve,
        values: [
          caller.kind === 'key_token' ? 'key' : caller.kind,
          userId,
          sessionId,
          keyHash,
          [narrowed ?? '', ...[tenantHints ?? []].flat()],
          requestId,
          keyId,
          issuer,
          subject,
          address
        ],
        ...(onResolved && {
          onRow: ([tenant, person, key, slug]) =>
            onResolved({
              tenant: tenant || undefined,
              person: person || undefined,
              key: key || undefined,
              slug: slug || undefined
            })
        })
      },
      { name: 'set_role', text: role },
      ...(onBucket ? [limitsFor(onBucket)] : [])
    ],
    plannedFor: role,
    signal
  }
}

/** Opens what the server does on its own account: reporting health and reading the platform's figures. Nobody's request runs so. */
export function openMonitor(): Opening {
  const [resolve] = openRequest(anonymous, undefined, 'monitor').statements
  return { statements: [resolve!, { name: 'set_role', text: 'set local role rowgate_monitor' }] }
}

const limitsFor = (onBucket: (bucket: Bucket) => void): Statement => ({
  name: 'request_limits',
  text: 'select scope, principal, quota, seconds, burst from app_hidden.request_limits()',
  onRow: ([scope, principal, quota, seconds, burst]) =>
    onBucket({
      scope: scope!,
      principal: principal ?? '',
      quota: Number(quota),
      seconds: Number(seconds),
      burst: Number(burst)
    })
})

export const anonymous: Caller = { kind: 'anonymous' }
