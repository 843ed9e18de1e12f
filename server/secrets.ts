import { randomBytes } from 'node:crypto'
import { chmodSync, existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ConfigError } from './config.ts'

export interface Secrets {
  jwtSecret: string
  apiPassword: string
  workerPassword: string
}

const variables: Record<keyof Secrets, string> = {
  jwtSecret: 'ROWGATE_JWT_SECRET',
  apiPassword: 'ROWGATE_API_PASSWORD',
  workerPassword: 'ROWGATE_WORKER_PASSWORD'
}
const shortest = 32
const names = Object.keys(variables) as (keyof Secrets)[]

/** From the environment; what is not given there is generated once and kept, outside production. */
export function loadSecrets(directory: string, env: NodeJS.ProcessEnv): Secrets {
  const given = fromEnvironment(env)
  const missing = names.filter(name => !given[name])
  if (missing.length === 0) return given as Secrets
  if (env['NODE_ENV'] === 'production') {
    throw new ConfigError(
      `In production secrets are not generated: set ${missing.map(name => variables[name]).join(', ')}.`
    )
  }
  return { ...fromFile(join(directory, 'secrets.json')), ...given }
}

function fromEnvironment(env: NodeJS.ProcessEnv): Partial<Secrets> {
  const given = Object.fromEntries(
    names.flatMap(name => (env[variables[name]] ? [[name, env[variables[name]]]] : []))
  ) as Partial<Secrets>
  if (given.jwtSecret && Buffer.byteLength(given.jwtSecret) < shortest) {
    throw new ConfigError(
      `${variables.jwtSecret} needs at least ${shortest} bytes: make one with "openssl rand -base64 48".`
    )
  }
  return given
}

function fromFile(file: string): Secrets {
  const kept = existsSync(file) ? read(file) : {}
  const secrets = {
    ...Object.fromEntries(names.map(name => [name, randomBytes(48).toString('base64url')])),
    ...kept
  } as Secrets
  if (names.some(name => !kept[name])) write(file, secrets)
  return secrets
}

function read(file: string): Partial<Secrets> {
  try {
    // A copy of the folder may have opened it to others.
    chmodSync(file, 0o600)
    const kept = JSON.parse(readFileSync(file, 'utf8')) as Partial<Secrets>
    if (names.every(name => !(name in kept) || (kept[name]?.length ?? 0) >= shortest)) return kept
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code)
      throw new ConfigError(
        `${file} can't be read (${code}): start as the user it belongs to, or set ROWGATE_DATA to another folder.`
      )
  }
  throw new ConfigError(
    `${file} is damaged: restore it, or remove it to get new secrets (everybody signed in has to sign in again).`
  )
}

function write(file: string, secrets: Secrets): void {
  const unfinished = `${file}.${process.pid}`
  try {
    writeFileSync(unfinished, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600, flush: true })
    renameSync(unfinished, file)
  } catch (error) {
    throw new ConfigError(
      `${file} can't be written (${(error as Error).message}): correct that, or set ROWGATE_DATA to another folder.`
    )
  }
}
