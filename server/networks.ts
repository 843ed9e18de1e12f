import { isIPv4, isIPv6 } from 'node:net'
import { ConfigError } from './config.ts'

/** A list of values with commas between them. */
const readList = (value = ''): string[] =>
  value
    .split(',')
    .map(item => item.trim())
    .filter(Boolean)

export function readOrigins(env: NodeJS.ProcessEnv): string[] {
  const origins = readList(env['ROWGATE_CORS_ORIGINS'])
  const wrong = origins.find(item => !/^https?:/.test(item) || URL.parse(item)?.origin !== item)
  if (wrong === undefined) return origins
  throw new ConfigError(`ROWGATE_CORS_ORIGINS must be origins such as https://app.example.com, not "${wrong}".`)
}

export function readBaseDomain(env: NodeJS.ProcessEnv): string | undefined {
  const value = env['ROWGATE_BASE_DOMAIN']
  if (!value || /^[a-z0-9-]+(\.[a-z0-9-]+)*$/.test(value)) return value || undefined
  throw new ConfigError(`ROWGATE_BASE_DOMAIN must be a domain such as api.example.com, not "${value}".`)
}

export function readProxies(env: NodeJS.ProcessEnv): string[] {
  const proxies = readList(env['ROWGATE_TRUSTED_PROXIES'])
  const isNetwork = (item: string): boolean => {
    const [address = '', bits] = item.split('/')
    const most = isIPv4(address) ? 32 : isIPv6(address) ? 128 : -1
    return most > 0 && (bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) >= 1 && Number(bits) <= most))
  }
  const wrong = proxies.find(item => !['loopback', 'linklocal', 'uniquelocal'].includes(item) && !isNetwork(item))
  if (wrong === undefined) return proxies
  throw new ConfigError(
    `ROWGATE_TRUSTED_PROXIES must be addresses or networks such as 10.0.0.0/8, or loopback, linklocal, uniquelocal, not "${wrong}".`
  )
}
