import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

/** A cluster in a process of its own, which can be killed like one. */
export interface ClusterProcess {
  child: ChildProcess
  url?: string
  dataDirectory?: string
  refused?: string
  /** Ends the process after stopping its cluster. */
  end(): Promise<void>
  kill(): Promise<void>
}

const script = `
  const [module, directory] = process.argv.slice(1);
  const { startCluster } = await import(module);
  try {
    const cluster = await startCluster({ directory, settings: { fsync: 'off' } });
    console.log(JSON.stringify({ url: cluster.url, dataDirectory: cluster.dataDirectory }));
    process.stdin.resume().on('end', () => cluster.stop());
  } catch (error) {
    console.log(JSON.stringify({ refused: error.message }));
  }
`

/** With `limit`, no file may grow beyond that many blocks: a way to make initdb fail. */
export async function clusterProcess(
  directory: string,
  { limit, uid }: { limit?: number; uid?: number } = {}
): Promise<ClusterProcess> {
  const module = join(import.meta.dirname, '../../db/cluster.ts')
  const command = limit ? `ulimit -f ${limit}; exec "$@"` : 'exec "$@"'
  const child = spawn(
    'sh',
    ['-c', command, 'sh', process.execPath, '--input-type=module', '-e', script, module, directory],
    {
      stdio: ['pipe', 'pipe', 'inherit'],
      cwd: '/',
      ...(uid === undefined ? {} : { uid, gid: uid })
    }
  )
  const exit = once(child, 'exit')
  const [line] = (await Promise.race([once(createInterface(child.stdout), 'line'), exit.then(() => ['{}'])])) as [
    string
  ]
  return {
    child,
    ...(JSON.parse(line) as { url: string; dataDirectory: string } | { refused: string }),
    async end() {
      child.stdin.end()
      await exit
    },
    async kill() {
      child.kill('SIGKILL')
      await exit
    }
  }
}
