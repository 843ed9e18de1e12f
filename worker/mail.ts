import { createHash, randomBytes } from 'node:crypto'
import { mkdir, rename, writeFile } from 'node:fs/promises'
import { createTransport } from 'nodemailer'
import type { Logger } from 'pino'
import type { MailConfig } from './config.ts'
import type { Words } from './letters/letter.ts'
import { letterTo, render, type Reader } from './letters/render.ts'

export interface Mail<Facts = any> {
  to: Reader & { email: string }
  /** What it says, in each language, of these facts. */
  words: Words<Facts>
  facts: Facts
  /** The same for every attempt, so that a receiver recognises a repetition after a crash between sending and noting it. */
  id: string
}

/** log: of the job that sends it, which says for which organization and request. */
export type SendMail = <Facts>(mail: Mail<Facts>, log?: Logger) => Promise<void>

/** A secret stands behind the #: that part is sent to no server, in no Referer, and written into no log. */
export const linkTo =
  (appUrl: string | undefined) =>
  (page: string, secret: string): string =>
    appUrl === undefined ? secret : `${appUrl.replace(/\/+$/, '')}/${page}#token=${secret}`

/** A page that needs no secret. */
export const pageOf =
  (appUrl: string | undefined) =>
  (path: string): string | undefined =>
    appUrl === undefined ? undefined : `${appUrl.replace(/\/+$/, '')}/${path}`

/** A fresh secret of 256 bits for a mail, with what the database keeps of it. */
export function newSecret(prefix: string): { secret: string; hash: Buffer } {
  const secret = `${prefix}${randomBytes(32).toString('base64url')}`
  return { secret, hash: createHash('sha256').update(secret).digest() }
}

/** Through SMTP, or as .eml files where no server is named. */
export function makeMailer(
  { smtpUrl, mailFrom, mailDirectory }: MailConfig,
  ownLog: Logger
): { send: SendMail; close(): void } {
  const domain = /@([^>\s]+)>?$/.exec(mailFrom)?.[1] ?? 'rowgate.invalid'
  const brand = /^\s*"?([^"<]+?)"?\s*</.exec(mailFrom)?.[1] ?? domain
  const message = async <Facts>({ to, words, facts, id }: Mail<Facts>) => ({
    ...(await render(letterTo(words, facts, to), to, brand)),
    from: mailFrom,
    to: { name: to.name, address: to.email },
    messageId: `<${id}@${domain}>`
  })

  if (smtpUrl) {
    const smtp = createTransport(smtpUrl)
    return {
      async send(mail, log = ownLog) {
        await smtp.sendMail(await message(mail))
        log.info({ mail: mail.id }, 'mail sent')
      },
      close: () => smtp.close()
    }
  }

  const asFile = createTransport({ streamTransport: true, buffer: true, newline: 'unix' })
  return {
    async send(mail, log = ownLog) {
      const { message: content } = await asFile.sendMail(await message(mail))
      const file = `${mailDirectory}/${mail.id}.eml`
      await mkdir(mailDirectory, { recursive: true, mode: 0o700 })
      await writeFile(`${file}.unfinished`, content as Buffer, { mode: 0o600 })
      await rename(`${file}.unfinished`, file)
      log.info({ mail: mail.id, file }, 'mail written to a file, because ROWGATE_SMTP_URL is not set')
    },
    close: () => asFile.close()
  }
}
