import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { promisify } from 'node:util'

// Debian's package "prometheus".
const prometheus = '/usr/bin/prometheus'
const promtool = '/usr/bin/promtool'

/** promtool's answer; throws with it when it finds something. */
export async function check(...args: string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(promtool, args)
  return stdout
}

export interface Result {
  metric: Record<string, string>
  value: [number, string]
}

export interface Prometheus {
  query(expression: string): Promise<Result[]>
  rules(): Promise<{ name: string; query: string; health: string }[]>
  stop(): Promise<void>
}

/** A real Prometheus that scrapes these addresses every second and evaluates the rules of a file. */
export async function startPrometheus(
  jobs: { name: string; url: string; token?: string }[],
  rules: string
): Promise<Prometheus> {
  const directory = await mkdtemp(`${tmpdir()}/rowgate-prometheus-`)
  // JSON is YAML.
  const configuration = JSON.stringify({
    global: { scrape_interval: '1s', evaluation_interval: '1s' },
    rule_files: [rules],
    scrape_configs: jobs.map(({ name, url, token }) => ({
      job_name: name,
      static_configs: [{ targets: [new URL(url).host] }],
      ...(token && { authorization: { credentials: token } })
    }))
  })
  await writeFile(`${directory}/prometheus.yml`, configuration)
  await check('check', 'config', `${directory}/prometheus.yml`)
  const port = await freePort()
  const child = spawn(
    prometheus,
    [
      `--config.file=${directory}/prometheus.yml`,
      `--storage.tsdb.path=${directory}/data`,
      `--web.listen-address=127.0.0.1:${port}`,
      '--log.level=error'
    ],
    { stdio: ['ignore', 'ignore', 'inherit'] }
  )
  const exit = once(child, 'exit')
  let gone = false
  void exit.then(() => (gone = true))

  const ask = async (path: string) => {
    const response = await fetch(`http://127.0.0.1:${port}/api/v1/${path}`)
    const { status, data, error } = (await response.json()) as { status: string; data: any; error?: string }
    if (status !== 'success') throw new Error(error)
    return data
  }
  const ready = () =>
    fetch(`http://127.0.0.1:${port}/-/ready`).then(
      ({ ok }) => ok,
      () => false
    )
  while (!(await ready())) if (gone) throw new Error('Prometheus ended')
  return {
    query: async expression => (await ask(`query?query=${encodeURIComponent(expression)}`)).result,
    rules: async () => (await ask('rules')).groups.flatMap((group: any) => group.rules),
    async stop() {
      child.kill()
      await exit
      await rm(directory, { recursive: true, force: true })
    }
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}
