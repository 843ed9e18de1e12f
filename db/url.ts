import { once } from 'node:events'
import { connect } from 'node:net'
import { isAlive } from './cluster/orphan.ts'
import { dataDirectory } from './data-directory.ts'
import { readRun, type Run } from './run-file.ts'

const directory = dataDirectory(process.env)

try {
  const run = readRun(directory)
  if (!run || !(await isUp(run)))
    throw new Error(
      `No Rowgate runs on ${directory}: start it with "npm start", or set ROWGATE_DATA to the folder of the one that runs.`
    )
  console.log(run.databaseUrl)
} catch (error) {
  console.error(
    (error as NodeJS.ErrnoException).code === 'EACCES'
      ? `${directory} belongs to another user: ask as the one who started Rowgate.`
      : (error as Error).message
  )
  process.exitCode = 1
}

/** A process id alone may have passed on to somebody else, so the database has to listen as well. */
async function isUp({ pid, databaseUrl }: Run): Promise<boolean> {
  if (!isAlive(pid)) return false
  const { hostname, port } = new URL(databaseUrl)
  const socket = connect(Number(port || 5432), hostname).setTimeout(3000, () => socket.destroy(new Error('no answer')))
  try {
    await once(socket, 'connect')
    return true
  } catch {
    return false
  } finally {
    socket.destroy()
  }
}
