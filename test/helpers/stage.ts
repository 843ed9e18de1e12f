import type { TestFn } from 'ava'
import { openDatabase, type Database } from './database.ts'
import { personas, type Persona } from './personas.ts'
import { makeWorld } from './world.ts'

export type Stage = Awaited<ReturnType<typeof raise>>
export type PersonaName = keyof Stage['cast']

/**
 * What a database test file plays on: its own database with the world in it, and everybody who may appear.
 * It is there as soon as the first test runs.
 */
export function openStage(test: TestFn): Stage {
  const stage = {} as Stage
  test.serial.before('the stage is set', async () => {
    Object.assign(stage, await raise())
  })
  test.after.always('the stage is taken down', async () => {
    await stage.close?.()
  })
  return stage
}

async function raise() {
  const database = await openDatabase()
  // A goodbye can be overtaken by the end of the database, which the connection then reports to nobody.
  database.admin.on('error', () => {})
  const { asUser, asKey, asAnonymous, close } = personas(database)
  const world = await makeWorld(database)
  const { people, keys } = world
  const cast = {
    owner: await asUser(people.owner),
    admin: await asUser(people.admin),
    member: await asUser(people.member),
    viewer: await asUser(people.viewer),
    lead: await asUser(people.lead),
    otherTeam: await asUser(people.otherTeam),
    auditor: await asUser(people.auditor),
    denied: await asUser(people.denied),
    stranger: await asUser(people.stranger),
    nobody: await asUser(people.nobody),
    key: asKey(keys.acme.key),
    revokedKey: asKey(keys.revoked.key),
    anonymous: asAnonymous
  } satisfies Record<string, Persona>
  return {
    database,
    admin: database.admin,
    world,
    cast,
    asUser,
    asKey,
    async close() {
      await close()
      await goodbyes(database)
      await database.close()
    }
  }
}

/** Resolves as soon as every connection that was given back has ended: a pool says so before it is true. */
async function goodbyes({ admin }: Database): Promise<void> {
  for (;;) {
    const { rows } = await admin.query(
      `select count(*)::int as count from pg_stat_activity
       where datname = current_database() and usename = 'rowgate_authenticator' and state = 'idle'`
    )
    if (rows[0].count === 0) return
  }
}

/** The first value of the only row. */
export async function value<T = any>(stage: Pick<Stage, 'admin'>, sql: string, values: unknown[] = []): Promise<T> {
  const { rows } = await stage.admin.query(sql, values)
  if (rows.length !== 1) throw new Error(`${rows.length} rows instead of one: ${sql}`)
  return Object.values(rows[0])[0] as T
}
