import { glob } from 'node:fs/promises'
import type { Words } from './letter.ts'

/** What every alert knows beside the facts of its kind. */
export interface Alert<Facts = any> {
  organization: string
  facts: Facts
}
export type AlertWords<Facts = any> = Words<Alert<Facts>>

const kinds = new Map<string, Words<Alert>>()
for await (const file of glob('*.ts', { cwd: `${import.meta.dirname}/alerts` })) {
  const { default: words } = await import(`./alerts/${file}`)
  kinds.set(file.replace(/\.ts$/, ''), words)
}

/** letters/alerts/threshold.ts has the words of alerts of the kind threshold. */
export function alertWords(kind: string): Words<Alert> {
  const words = kinds.get(kind)
  if (!words) throw new Error(`There are no words for alerts of the kind ${kind}.`)
  return words
}
