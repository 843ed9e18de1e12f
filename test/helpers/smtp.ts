import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { SMTPServer } from 'smtp-server'

export interface ReceivedMail {
  from: string
  to: string[]
  /** Headers and body, with quoted-printable's soft line breaks and equals signs undone. */
  content: string
}

export interface MailServer {
  url: string
  mails: ReceivedMail[]
  /** Resolves when the nth mail has arrived. */
  received(count: number): Promise<ReceivedMail[]>
  close(): Promise<void>
}

/** A real SMTP server that keeps what it gets. */
export async function startSmtp(): Promise<MailServer> {
  const mails: ReceivedMail[] = []
  let waiting: (() => void)[] = []
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData(stream, { envelope }, done) {
      const chunks: Buffer[] = []
      stream.on('data', chunk => chunks.push(chunk))
      stream.on('end', () => {
        mails.push({
          from: envelope.mailFrom ? envelope.mailFrom.address : '',
          to: envelope.rcptTo.map(({ address }) => address),
          content: Buffer.concat(chunks).toString().replaceAll('=\r\n', '').replaceAll('=3D', '=')
        })
        for (const wake of waiting.splice(0)) wake()
        done()
      })
    }
  })
  server.listen(0, '127.0.0.1')
  await once(server.server, 'listening')
  const { port } = server.server.address() as AddressInfo
  return {
    url: `smtp://127.0.0.1:${port}`,
    mails,
    async received(count) {
      while (mails.length < count) await new Promise<void>(resolve => waiting.push(resolve))
      return mails
    },
    close: () => new Promise<void>(resolve => server.close(resolve))
  }
}
