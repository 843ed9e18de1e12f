import { createHash } from 'node:crypto'
import { glob, readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { parse } from 'graphql'
import { ConfigError } from './config.ts'
import { HttpError } from './errors.ts'

/** The only documents that clients may run, by name and by the SHA-256 of their text. */
export type Operations = ReadonlyMap<string, string>

/** Each `.graphql` file of the folder. Throws ConfigError for one that is not GraphQL, and when there is none. */
export async function readOperations(folder: string): Promise<Operations> {
  const operations = new Map<string, string>()
  for await (const file of glob('*.graphql', { cwd: folder })) {
    const text = await readFile(`${folder}/${file}`, 'utf8')
    try {
      parse(text)
    } catch (error) {
      throw new ConfigError(`${folder}/${file} is not a GraphQL document: ${(error as Error).message}`)
    }
    operations.set(basename(file, '.graphql'), text)
    operations.set(createHash('sha256').update(text).digest('hex'), text)
  }
  if (operations.size === 0) throw new ConfigError(`ROWGATE_OPERATIONS: there is no *.graphql file in ${folder}.`)
  return operations
}

/** The document that a request names; a query that it sends along is not looked at. Throws OPERATION_NOT_ALLOWED. */
export function findOperation(operations: Operations, body: Record<string, any>): string {
  // As Relay and as Apollo name it.
  const id: unknown = body['documentId'] ?? body['extensions']?.persistedQuery?.sha256Hash
  const found = typeof id === 'string' ? operations.get(id) : undefined
  if (found === undefined) throw new HttpError('OPERATION_NOT_ALLOWED')
  return found
}
