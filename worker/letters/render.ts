import { readFile } from 'node:fs/promises'
import Handlebars from 'handlebars'
import mjml2html from 'mjml'
import { languageOf, sayIn, type Language, type Letter, type Words } from './letter.ts'

// Every value is escaped, so that a name is never markup.
const layout = Handlebars.compile(await readFile(`${import.meta.dirname}/letter.mjml`, 'utf8'), { strict: false })
const texts: Record<Language, { tag: string; hello(name: string): string; footer(brand: string): string }> = {
  en: {
    tag: 'en',
    hello: name => (name ? `Hello ${name},` : 'Hello,'),
    footer: brand => `Sent by ${brand}. This address is not read.`
  },
  zh: {
    tag: 'zh-Hans',
    hello: name => (name ? `${name}，您好：` : '您好：'),
    footer: brand => `此邮件由 ${brand} 自动发送，请勿回复。`
  }
}

export interface Rendered {
  subject: string
  text: string
  html: string
}

export interface Reader {
  name: string
  locale: string | null
  time_zone: string | null
}

/** What a letter says to a reader, in their language and time zone. */
export const letterTo = <Facts>(
  words: Words<Facts>,
  facts: Facts,
  { locale, time_zone }: Omit<Reader, 'name'>
): Letter => {
  const language = languageOf(locale)
  return words[language](facts, sayIn(language, time_zone))
}

/** A letter as the parts of a mail. Who sends it stands above it. */
export async function render(letter: Letter, { name, locale }: Reader, brand: string): Promise<Rendered> {
  const { tag, hello, footer } = texts[languageOf(locale)]
  const greeting = hello(name)
  const { action } = letter
  const { html } = await mjml2html(
    layout({
      ...letter,
      tag,
      brand,
      greeting,
      preview: letter.paragraphs[0],
      link: action && /^https?:/.test(action.target) ? action.target : undefined,
      footer: footer(brand)
    }),
    // Not from anybody's server: who reads a mail is told to nobody.
    { validationLevel: 'strict', fonts: {} }
  )
  return { subject: letter.subject, text: asText(letter, greeting), html }
}

/** The same for who reads no HTML. */
export function asText({ paragraphs, rows, action, after }: Letter, greeting: string): string {
  const blocks = [
    greeting,
    ...paragraphs,
    ...(rows?.length ? [rows.map(([name, value]) => `${name}: ${value}`).join('\n')] : []),
    ...(action ? [`${action.label}:\n\n${action.target}`] : []),
    ...(after ?? [])
  ]
  return `${blocks.join('\n\n')}\n`
}
