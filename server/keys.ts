import { createPrivateKey, createPublicKey, createSecretKey, type JsonWebKey, type KeyObject } from 'node:crypto'
import { globSync, readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { ConfigError } from './config.ts'

export type Algorithm = 'HS256' | 'ES256' | 'RS256'

/** A key and the one algorithm that it may be used with. */
export interface TokenKey {
  algorithm: Algorithm
  key: KeyObject
}

/** What access tokens are signed with, and what they are checked with. */
export interface TokenKeys {
  sign: TokenKey & { kid?: string }
  /** By the `kid` of a token's header; undefined is the secret's. */
  find(kid: string | undefined): TokenKey | undefined
  /** The public ones, as /.well-known/jwks.json gives them out (RFC 7517). */
  jwks: { keys: (JsonWebKey & { kid: string; alg: Algorithm; use: 'sig' })[] }
}

/**
 * A secret, or a folder with a key pair in each `<kid>.pem`, or both while one takes over from the other. A file with a public key only
 * checks: a key that is going out of use. Throws ConfigError.
 * @param signWith the kid that signs; needed where several could.
 */
export function readTokenKeys(secret: string | undefined, folder?: string, signWith?: string): TokenKeys {
  const pairs = folder
    ? globSync('*.pem', { cwd: folder })
        .sort()
        .map(file => readPair(folder, file))
    : []
  const byKid = new Map<string | undefined, TokenKey>()
  for (const { kid, algorithm, publicKey } of pairs) byKid.set(kid, { algorithm, key: publicKey })
  if (secret !== undefined) byKid.set(undefined, { algorithm: 'HS256', key: secretKey(secret) })

  const signers = pairs.filter(({ privateKey }) => privateKey)
  const signer = signWith === undefined ? signers[0] : signers.find(({ kid }) => kid === signWith)
  if (signWith === undefined && signers.length > 1) {
    throw new ConfigError('ROWGATE_JWT_SIGN_WITH must say which key signs: several in ROWGATE_JWT_KEYS could.')
  }
  if (signWith !== undefined && !signer) {
    throw new ConfigError(`ROWGATE_JWT_SIGN_WITH: there is no private key ${signWith}.pem in ROWGATE_JWT_KEYS.`)
  }
  if (folder && !signer) throw new ConfigError('ROWGATE_JWT_KEYS: there is no private key in the folder.')
  const bySecret = byKid.get(undefined)
  const sign = signer ? { kid: signer.kid, algorithm: signer.algorithm, key: signer.privateKey! } : bySecret
  if (!sign) throw new ConfigError('ROWGATE_JWT_SECRET or ROWGATE_JWT_KEYS is needed to sign access tokens.')
  return {
    sign,
    find: kid => byKid.get(kid),
    jwks: {
      keys: pairs.map(({ kid, algorithm, publicKey }) => ({
        ...publicKey.export({ format: 'jwk' }),
        kid,
        alg: algorithm,
        use: 'sig' as const
      }))
    }
  }
}

/** HS256 needs at least 32 secret bytes (RFC 7518, 3.2). */
function secretKey(secret: string): KeyObject {
  if (Buffer.byteLength(secret) < 32) {
    throw new ConfigError('ROWGATE_JWT_SECRET needs at least 32 bytes: make one with "openssl rand -base64 48".')
  }
  return createSecretKey(Buffer.from(secret))
}

interface Pair {
  kid: string
  algorithm: Algorithm
  publicKey: KeyObject
  privateKey: KeyObject | undefined
}

function readPair(folder: string, file: string): Pair {
  const pem = readFileSync(`${folder}/${file}`, 'utf8')
  const kid = basename(file, '.pem')
  try {
    const privateKey = /PRIVATE KEY/.test(pem) ? createPrivateKey(pem) : undefined
    const publicKey = createPublicKey(privateKey ?? pem)
    return { kid, algorithm: algorithmOf(publicKey), publicKey, privateKey }
  } catch (error) {
    if (error instanceof ConfigError) throw error
    // Not its words: they may repeat what is in the file.
    throw new ConfigError(`ROWGATE_JWT_KEYS: ${file} is not a key in PEM form.`)
  }
}

/** The one algorithm for a public key; no other is ever tried with it. Throws ConfigError. */
export function algorithmOf({ asymmetricKeyType: type, asymmetricKeyDetails: details = {} }: KeyObject): Algorithm {
  if (type === 'ec' && details.namedCurve === 'prime256v1') return 'ES256'
  if (type === 'rsa' && (details.modulusLength ?? 0) >= 2048) return 'RS256'
  throw new ConfigError('A key for tokens is an EC key on P-256 (ES256), or an RSA key of at least 2048 bits (RS256).')
}
