import { connect } from 'node:net'

export interface HttpLoad {
  /** Where; the connections are shared out among them. */
  urls: readonly string[]
  /** The next request, whole: see `post`. */
  next: () => Buffer
  connections: number
  seconds: number
}

/** A request as bytes, made once, so that the client costs the machine little beside the server. */
export const post = (path: string, headers: Record<string, string>, body: string): Buffer =>
  write(`POST ${path}`, { 'content-length': String(Buffer.byteLength(body)), ...headers }, body)
export const get = (path: string, headers: Record<string, string>): Buffer => write(`GET ${path}`, headers)

function write(what: string, headers: Record<string, string>, body = ''): Buffer {
  const lines = Object.entries({ host: 'localhost', ...headers }).map(([name, value]) => `${name}: ${value}\r\n`)
  return Buffer.from(`${what} HTTP/1.1\r\n${lines.join('')}\r\n${body}`)
}

/** Every connection asks again as soon as it is answered; how many answers in a second. Throws if one is not 200. */
export async function driveHttp({ urls, next, connections, seconds }: HttpLoad): Promise<number> {
  const begun = performance.now()
  const end = begun + seconds * 1000
  const counts = await Promise.all(
    Array.from({ length: connections }, (_, n) => converse(new URL(urls[n % urls.length]!), next, end))
  )
  return counts.reduce((sum, count) => sum + count, 0) / ((performance.now() - begun) / 1000)
}

function converse({ hostname, port }: URL, next: () => Buffer, end: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname)
    socket.setNoDelay(true)
    let [answers, text] = [0, '']
    socket.once('connect', () => socket.write(next()))
    socket.once('error', reject)
    socket.setEncoding('latin1').on('data', (data: string) => {
      text += data
      const head = text.indexOf('\r\n\r\n')
      if (head < 0) return
      const length = Number(/\r\ncontent-length: (\d+)\r\n/i.exec(text)?.[1])
      if (!(text.length - head - 4 >= length)) return
      if (!text.startsWith('HTTP/1.1 200 ')) {
        socket.destroy()
        return reject(new Error(text))
      }
      answers++
      text = ''
      if (performance.now() < end) return void socket.write(next())
      socket.destroy()
      resolve(answers)
    })
  })
}
