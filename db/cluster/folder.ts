import { mkdirSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { codeOf } from './error.ts'

/** Not mkdirSync's `recursive`: that loops forever where the parent exists and still answers ENOENT, as /proc does. */
export function makeFolder(path: string): void {
  try {
    mkdirSync(path)
  } catch (error) {
    if (codeOf(error) === 'ENOENT' && !isFolder(dirname(path))) {
      makeFolder(dirname(path))
      mkdirSync(path)
    } else if (!isFolder(path)) {
      throw error
    }
  }
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false
}
