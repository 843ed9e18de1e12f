/** The message is one line that says what to do; `log` holds the last lines PostgreSQL wrote, when it got that far. */
export class ClusterError extends Error {
  override name = 'ClusterError'
  readonly log: readonly string[]

  constructor(message: string, log: readonly string[] = []) {
    super(message)
    this.log = log
  }
}

const advice: Record<string, string> = {
  EACCES: 'the rights do not allow it: correct them',
  EPERM: 'the rights do not allow it: correct them',
  EROFS: 'it is on a read-only file system: use a writable one',
  ENOSPC: 'the disk is full: free some space',
  EDQUOT: 'the disk quota is used up: free some space',
  ENOTDIR: 'a part of the path is a file: remove it',
  EEXIST: 'a part of the path is a file: remove it',
  EIO: 'the disk reports errors: check it'
}

export function codeOf(error: unknown): string {
  return (error as NodeJS.ErrnoException | undefined)?.code ?? ''
}

export function folderError(directory: string, error: unknown): ClusterError {
  if (error instanceof ClusterError) return error
  const reason = advice[codeOf(error)] ?? `${error instanceof Error ? error.message : String(error)}: correct that`
  return new ClusterError(
    `The data folder ${directory} can't be used, ${reason}, or set ROWGATE_DATA to another folder.`
  )
}
