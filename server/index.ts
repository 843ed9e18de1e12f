import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Logger } from 'pino'
import { postgraphile } from 'postgraphile'
import { grafserv } from 'postgraphile/grafserv/express/v4'
import { makeApp } from './app.ts'
import { anonymous, openRequest } from './claims.ts'
import { ConfigError, readServerConfig, type ServerConfig } from './config.ts'
import { foreignTokens } from './issuers.ts'
import { readTokenKeys } from './keys.ts'
import { makePreset } from './graphile.config.ts'
import { BudgetWatch } from './live.ts'
import { makeLog } from './log.ts'
import { startObservability, type Observability } from './observability/start.ts'
import { readOperations } from './operations.ts'
import { createPool, flight } from './pg.ts'
import { makeTake } from './rates/buckets.ts'
import { makeRateLimits, unlimited } from './rates/limits.ts'
import { connectRedis } from './rates/redis.ts'
import { explainStart } from './start/explain.ts'
import { assertReachable } from './start/external.ts'
import { live } from './start/life.ts'
import { assertPortFree } from './start/port.ts'
import { loadVocabulary } from './vocabulary.ts'

export interface RunningServer {
  url: string
  /** Where the metrics are, if they have a port of their own. */
  metricsUrl: string | undefined
  /** Tells the database now what was counted, instead of within ten seconds. */
  report(): Promise<void>
  close(): Promise<void>
}

/** Starts the API. Throws when the database is out of reach, not migrated, or its login could do more than it should. */
export async function startServer(
  config: ServerConfig,
  log: Logger = makeLog(config.logLevel)
): Promise<RunningServer> {
  const pool = createPool({
    connectionString: config.databaseUrl,
    max: config.poolSize,
    queue: config.poolQueue,
    ...(config.connectTimeout && { connectTimeout: config.connectTimeout }),
    // Not the whole error: pg hangs the client on it, with all that it knows.
    onLost: ({ message }) => log.warn({ reason: message }, 'database connection lost')
  })
  let observability: Observability | undefined
  const redis = config.rateLimits && config.redisUrl ? connectRedis(config.redisUrl, log) : undefined
  if (!config.rateLimits) log.warn('Requests are not limited by rate: ROWGATE_RATE_LIMITS is 0')
  try {
    observability = await startObservability(config, pool, log)
    const { report, metricsUrl, close } = observability
    const watch = new BudgetWatch(pool)
    const vocabulary = await loadVocabulary(pool)
    await checkLogin(pool, log)

    const gateway = postgraphile(
      makePreset({ pool, watch, vocabulary, production: config.production, introspection: config.introspection })
    )
    const graphql = gateway.createServ(grafserv)
    const app = await makeApp({
      pool,
      log,
      vocabulary,
      keys: readTokenKeys(config.jwtSecret, config.jwtKeys, config.jwtSignWith),
      readForeign: foreignTokens(config.issuers),
      production: config.production,
      observability,
      metricsToken: config.metrics.token,
      trustedProxies: config.trustedProxies,
      baseDomain: config.baseDomain,
      corsOrigins: config.corsOrigins,
      requestTimeout: config.requestTimeout,
      operations: config.operations ? await readOperations(config.operations) : undefined,
      limits: config.rateLimits
        ? makeRateLimits({
            take: makeTake(redis, config.nodes),
            addressRate: config.addressRate,
            open: opening => flight(pool, opening, { name: 'open', text: 'select 1' })
          })
        : unlimited,
      addGraphql: async app => graphql.addTo(app, null, false)
    })
    await gateway.getSchema()

    const http = createServer(app)
    http.listen(config.port, config.host)
    await once(http, 'listening')
    const { port } = http.address() as AddressInfo
    return {
      url: `http://${config.host.includes(':') ? `[${config.host}]` : config.host}:${port}`,
      metricsUrl,
      report,
      async close() {
        const closed = once(http.close(), 'close')
        await watch.close()
        http.closeIdleConnections()
        await closed
        await close()
        redis?.disconnect()
        await gateway.release()
        await pool.end()
      }
    }
  } catch (error) {
    await observability?.close()
    redis?.disconnect()
    await pool.end()
    throw explainStart(error, 'rowgate_authenticator')
  }
}

async function checkLogin(pool: Parameters<typeof flight>[0], log: Logger): Promise<void> {
  const opening = openRequest(anonymous, undefined, 'start')
  const { rows: problems } = await flight(pool, opening, { text: 'select app_hidden.login_problems() as problem' })
  if (problems.length) {
    const shown = problems.slice(0, 5).map(({ problem }) => problem)
    const reasons = problems.length > 5 ? [...shown, `${problems.length - 5} more`] : shown
    throw new ConfigError(`DATABASE_URL must name the login rowgate_authenticator: ${reasons.join('; ')}.`)
  }
  const { rows: warnings } = await flight(pool, opening, { text: 'select app_hidden.server_warnings() as warning' })
  for (const { warning } of warnings) log.warn(warning)
}

if (import.meta.main) {
  live(async life => {
    const config = readServerConfig(process.env)
    await assertPortFree(config.port, config.host)
    await assertReachable(config.databaseUrl)
    const server = await startServer(config)
    life.keep(server.close)
    console.log(`Rowgate's API listens at ${server.url}`)
  })
}
