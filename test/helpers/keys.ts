import { createHash, randomInt } from 'node:crypto'
import { checksumOf } from '../../server/api_key.ts'

const digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const random = (size: number) => Array.from({ length: size }, () => digits[randomInt(62)]).join('')

/** A key as the database makes them, made without it. */
export function newKey(mode: 'live' | 'test' = 'live', id = random(12), secret = random(43)) {
  const prefix = `rg_${mode}_${id}`
  const body = `${prefix}_${secret}`
  const key = body + checksumOf(body)
  return { key, prefix, lastFour: key.slice(-4), hash: hashOf(key) }
}

export const hashOf = (key: string): Buffer => createHash('sha256').update(key).digest()

/** The statement that stores the secret of a key: its organization, the key's id, and the hash. */
export const storeSecret =
  'insert into app_private.org_api_key_secrets (organization_id, key_id, key_hash) values ($1, $2, $3)'
