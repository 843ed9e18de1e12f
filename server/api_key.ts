import { crc32 } from 'node:zlib'
import type { Caller } from './claims.ts'
import { HttpError } from './errors.ts'
import { fingerprint } from './tokens.ts'

// rg_live_<id>_<secret><checksum>, as db/fixtures/api_keys/key_text.sql writes it.
const form = /^(rg_(?:live|test)_[0-9A-Za-z]{12})_[0-9A-Za-z]{43}([0-9A-Za-z]{6})$/
const digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'

/** Whom an API key names. Throws API_KEY_MALFORMED for one that was mistyped or cut off, which then costs the database nothing. */
export function readApiKey(key: string): Extract<Caller, { kind: 'key' }> {
  const [, prefix, checksum] = form.exec(key) ?? []
  if (!prefix || checksum !== checksumOf(key.slice(0, -6))) throw new HttpError('API_KEY_MALFORMED')
  return { kind: 'key', hash: fingerprint(key), prefix }
}

/** The six characters that end a key: the CRC-32 of all before them, in base 62. */
export function checksumOf(body: string): string {
  let [number, written] = [crc32(body), '']
  for (let place = 0; place < 6; place++) {
    written = digits[number % 62] + written
    number = Math.floor(number / 62)
  }
  return written
}
