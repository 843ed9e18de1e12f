import { Redis } from 'ioredis'
import type { Logger } from 'pino'

/**
 * A connection that gives up at once instead of letting requests wait: what it can't count is counted in this process. It
 * reconnects by itself.
 */
export function connectRedis(url: string, log: Logger): Redis {
  const redis = new Redis(url, {
    connectionName: 'rowgate',
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    connectTimeout: 1000,
    // One that no longer answers is left, and asked again only when it has said that it is ready.
    socketTimeout: 500,
    commandTimeout: 500,
    retryStrategy: attempt => Math.min(attempt * 100, 2000)
  })
  let down = false
  redis.on('error', ({ message }: Error) => {
    if (!down) log.warn({ reason: message }, 'Redis is out of reach: rate limits are counted in this process')
    down = true
  })
  redis.on('ready', () => {
    if (down) log.info('Redis is back: rate limits are counted there')
    down = false
  })
  return redis
}
