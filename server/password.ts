import { HttpError } from './errors.ts'
import { randomBytes, scrypt } from 'node:crypto'
import { promisify } from 'node:util'

// OWASP's Password Storage Cheat Sheet names N=2^15, r=8, p=3 as one of its equal choices: 32 MB a sign-in, where
// N=2^17 would take 128 MB. Node does it on a thread of its own.
const cost = { N: 2 ** 15, r: 8, p: 3, maxmem: 64 * 2 ** 20 }
const stretchWith = promisify<string, Buffer, number, typeof cost, Buffer>(scrypt)

// Two at a time leave threads for everything else that Node does off its loop; who would wait long is told so at once.
const atOnce = 2
const mostWaiting = 20
let running = 0
const waiting: (() => void)[] = []

async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (running >= atOnce) {
    if (waiting.length >= mostWaiting) throw new HttpError('TOO_MANY_SIGN_INS')
    await new Promise<void>(resolve => waiting.push(resolve))
  } else {
    running += 1
  }
  try {
    return await work()
  } finally {
    const next = waiting.shift()
    if (next) next()
    else running -= 1
  }
}

/** What the database compares with: it stores the SHA-256 of this, and never sees the password. Throws TOO_MANY_SIGN_INS. */
export const stretch = (password: string, salt: Buffer): Promise<Buffer> =>
  // The same letters typed on different keyboards may arrive as different code points.
  inTurn(() => stretchWith(password.normalize('NFKC'), salt, 32, cost))

export const newSalt = (): Buffer => randomBytes(16)

/** A new password as the database takes it: a salt, and what was stretched with it. Throws INVALID_INPUT, TOO_MANY_SIGN_INS. */
export async function stretchNew(password: string): Promise<[salt: Buffer, key: Buffer]> {
  checkPassword(password)
  const salt = newSalt()
  return [salt, await stretch(password, salt)]
}

/** Throws INVALID_INPUT. Length is the one rule that helps; the upper bound keeps a request from stretching a megabyte. */
function checkPassword(password: string): void {
  if (password.length < 10 || password.length > 1000) {
    throw new HttpError('INVALID_INPUT', { rule: 'password: 10 to 1,000 characters.' })
  }
}
