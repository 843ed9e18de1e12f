import type { Request } from 'express'
import { HttpError } from '../errors.ts'

/** What a form or its JSON holds: texts only. Throws INVALID_INPUT when one that is needed is missing. */
export function fieldsOf<Needed extends string, Other extends string = never>(
  { body }: Request,
  needed: readonly Needed[],
  others: readonly Other[] = []
): Record<Needed, string> & Partial<Record<Other, string>> {
  const fields: Record<string, string> = {}
  for (const name of [...needed, ...others]) {
    const value: unknown = (body as Record<string, unknown> | undefined)?.[name]
    if (typeof value === 'string' && value !== '') fields[name] = value
    else if ((needed as readonly string[]).includes(name))
      throw new HttpError('INVALID_INPUT', { rule: `${name}: needed.` })
  }
  return fields as Record<Needed, string> & Partial<Record<Other, string>>
}
