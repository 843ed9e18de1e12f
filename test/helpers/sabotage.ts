import type pg from 'pg'

/** Brings a bug back: changes these words in the body of a function. Throws when they are not there, or more than once. */
export async function sabotage(admin: pg.Pool, name: string, words: string, instead: string): Promise<void> {
  const { rows } = await admin.query('select pg_get_functiondef($1::regproc) as body', [name])
  const parts = rows[0].body.split(words)
  if (parts.length !== 2) throw new Error(`"${words}" stands ${parts.length - 1} times in ${name}`)
  await admin.query(parts.join(instead))
}
