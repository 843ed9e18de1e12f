import { findRequest, labelsOf } from './request.ts'
import { pino, type DestinationStream, type Logger, type LoggerOptions } from 'pino'

// Nothing of this is logged on purpose. It is the last fence: a later line of code, or an error of a library that carries its
// whole connection along, must not put it into the log.
const secrets = [
  'authorization',
  'cookie',
  'set-cookie',
  'password',
  'secret',
  'token',
  'access_token',
  'refresh_token',
  'client_secret',
  'jwtSecret',
  'connectionString',
  'databaseUrl',
  'client'
]

export const logOptions = (level: string): LoggerOptions => ({
  level,
  // Whatever is logged on behalf of a request says which, and for whom.
  mixin() {
    const context = findRequest()
    return context ? labelsOf(context) : {}
  },
  redact: {
    paths: secrets.flatMap(name => [`["${name}"]`, `*["${name}"]`, `*.headers["${name}"]`, `*.body["${name}"]`]),
    censor: '[redacted]'
  }
})

/** The log of a process: JSON, a line an event. */
export const makeLog = (level: string, stream?: DestinationStream): Logger =>
  stream ? pino(logOptions(level), stream) : pino(logOptions(level))
