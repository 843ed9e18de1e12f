import type { Opening } from './pg.ts'

/** Who a credential names: its form says which of the three it is; whether that is alive, the database says. */
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

const roles = { anonymous: 'rowgate_anonymous', person: 'rowgate_user', key: 'rowgate_key' } as const

/**
 * What opens every transaction of a request. The only place of the server that sets claims or a role: the values go to
 * `app_hidden.resolve_request`, which checks them and makes them the claims of the transaction.
 *
 * @param tenantHint what the client asked for (id or slug); the token's own narrowing comes on top.
 * @param onTenant told which tenant the database chose, if any.
 */
export function openRequest(
  caller: Caller,
  tenantHint: string | undefined,
  requestId: string,
  onTenant?: (tenant: string | null) => void
): Opening {
  const person = caller.kind === 'person' ? caller : undefined
  return {
    statements: [
      {
        name: 'resolve_request',
        text: 'select app_hidden.resolve_request($1, $2, $3, $4, $5, $6) ',
        values: [
          caller.kind,
          person?.userId ?? null,
          person?.sessionId ?? null,
          caller.kind === 'key' ? caller.hash : null,
          [person?.tenant ?? '', tenantHint ?? ''],
          requestId
        ],
        ...(onTenant && { onRow: ([tenant = null]) => onTenant(tenant) })
      },
      { name: 'set_role', text: `set local role ${roles[caller.kind]}` }
    ]
  }
}

/** Opens what the server does on its own account: reporting health and reading the platform's figures. Nobody's request runs so. */
export function openMonitor(): Opening {
  const [resolve] = openRequest(anonymous, undefined, 'monitor').statements
  return { statements: [resolve!, { name: 'set_role', text: 'set local role rowgate_monitor' }] }
}

export const anonymous: Caller = { kind: 'anonymous' }
