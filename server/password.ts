import { HttpError } from './errors.ts'
import { randomBytes, scrypt } from 'node:crypto'
import { promisify } from 'node:util'

// OWASP's Password Storage Cheat Sheet names N=2^15, r=8, p=3 as one of its equal choices: 32 MB a sign-in, where
// N=2^17 would take 128 MB. Node does it on a thread of its own.
const cost = { N: 2 ** 15, r: 8, p: 3, maxmem: 64 * 2 ** 20 }
const stretchWith = promisify<string, Buffer, number, typeof cost, Buffer>(scrypt)

/** What the database compares with: it stores the SHA-256 of this, and never sees the password. */
export const stretch = (password: string, salt: Buffer): Promise<Buffer> =>
  // The same letters typed on different keyboards may arrive as different code points.
  stretchWith(password.normalize('NFKC'), salt, 32, cost)

export const newSalt = (): Buffer => randomBytes(16)

/** Throws INVALID_INPUT. Length is the one rule that helps; the upper bound keeps a request from stretching a megabyte. */
export function checkPassword(password: string): void {
  if (password.length < 10 || password.length > 1000) {
    throw new HttpError('INVALID_INPUT', { rule: 'password: 10 to 1,000 characters.' })
  }
}
