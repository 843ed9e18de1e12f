import { makeLog } from '../../server/log.ts'
import { startServer, type RunningServer } from '../../server/index.ts'
import type { ServerConfig } from '../../server/config.ts'
import { openDatabase, type Database } from './database.ts'

export interface GraphqlAnswer {
  status: number
  data: any
  errors: { message: string; path?: string[]; extensions: Record<string, any> }[] | undefined
  headers: Headers
}

export interface Api {
  database: Database
  server: RunningServer
  url: string
  /** Every line that was logged, parsed. */
  logs: Record<string, any>[]
  graphql(query: string, options?: CallOptions): Promise<GraphqlAnswer>
  /** POST /auth/token with a form. */
  token(fields: Record<string, string>): Promise<{ status: number; body: any }>
  /** Registers a person over GraphQL, whose address counts as confirmed, and signs in; answers the access token. */
  join(name: string): Promise<string>
  close(): Promise<void>
}

export interface CallOptions {
  variables?: Record<string, unknown>
  token?: string
  tenant?: string
}

export const testConfig = (databaseUrl: string): ServerConfig & { jwtSecret: string } => ({
  port: 0,
  host: '127.0.0.1',
  databaseUrl,
  jwtSecret: 'a secret for tests, long enough to sign with',
  production: false,
  introspection: true,
  logLevel: 'info',
  poolSize: 10,
  metrics: { port: undefined, token: undefined, tenants: 20 },
  tracesAs: undefined,
  // What a test counts should not depend on how fast it runs.
  rateLimits: false,
  addressRate: 100,
  nodes: 1,
  trustedProxies: [],
  issuers: [],
  corsOrigins: [],
  requestTimeout: 60,
  poolQueue: 1000,
  // Schemas that are built side by side keep one process busy for seconds.
  connectTimeout: 60_000
})

/** The real server on a database of its own. */
export async function startApi(changes: Partial<ServerConfig> = {}, database?: Database): Promise<Api> {
  const ownDatabase = database ?? (await openDatabase())
  const logs: Record<string, any>[] = []
  const log = makeLog('info', { write: (line: string) => void logs.push(JSON.parse(line)) })
  const server = await startServer({ ...testConfig(ownDatabase.apiUrl), ...changes }, log)
  const { url } = server

  const graphql: Api['graphql'] = async (query, { variables, token, tenant } = {}) => {
    const response = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(token && { authorization: `Bearer ${token}` }),
        ...(tenant && { 'x-tenant-id': tenant })
      },
      body: JSON.stringify({ query, variables })
    })
    const { data, errors } = (await response.json()) as GraphqlAnswer
    return { status: response.status, data, errors, headers: response.headers }
  }
  const token: Api['token'] = async fields => {
    const response = await fetch(`${url}/auth/token`, { method: 'POST', body: new URLSearchParams(fields) })
    return { status: response.status, body: await response.json() }
  }

  return {
    database: ownDatabase,
    server,
    url,
    logs,
    graphql,
    token,
    async join(name) {
      const email = `${name}@example.com`
      const password = `password of ${name}`
      await graphql('mutation ($input: RegisterInput!) { register(input: $input) { clientMutationId } }', {
        variables: { input: { email, name, password } }
      })
      await ownDatabase.admin.query('update app_public.users set email_verified_at = now() where email = $1', [email])
      const { body } = await token({ grant_type: 'password', username: email, password })
      return body.access_token
    },
    async close() {
      await server.close()
      if (!database) await ownDatabase.close()
    }
  }
}
