import test from 'ava'
import type { DatabaseError } from 'pg'
import type { Outcome, Persona } from '../helpers/personas.ts'
import { outcome, refused } from '../helpers/refusal.ts'
import { openStage, type PersonaName } from '../helpers/stage.ts'
import { unknownId, type Verb } from '../helpers/verbs.ts'
import { verbs as alerts } from './alerts/verbs.ts'
import { verbs as apiKeys } from './api_keys/verbs.ts'
import { verbs as budgets } from './budgets/verbs.ts'
import { verbs as health } from './health/verbs.ts'
import { verbs as analytics } from './analytics/verbs.ts'
import { verbs as invitations } from './invitations/verbs.ts'
import { verbs as permissions } from './permissions/verbs.ts'
import { verbs as plans } from './plans/verbs.ts'
import { verbs as prices } from './prices/verbs.ts'
import { verbs as session } from './session/verbs.ts'
import { verbs as tenancy } from './tenancy/verbs.ts'
import { verbs as usage } from './usage/verbs.ts'

const stage = openStage(test)
const verbs: Record<string, Verb> = {
  ...session,
  ...alerts,
  ...permissions,
  ...tenancy,
  ...invitations,
  ...budgets,
  ...plans,
  ...prices,
  ...usage,
  ...apiKeys,
  ...health,
  ...analytics
}

test('Every function of the API is executable by somebody, and has an expectation.', async t => {
  const { rows } = await stage.admin.query(
    `select proname as name, bool_or(has_function_privilege(role, pg_proc.oid, 'execute')) as executable
     from pg_proc cross join unnest(array['rowgate_anonymous', 'rowgate_user', 'rowgate_key']) as role
     where pronamespace = 'app_public'::regnamespace
     group by pg_proc.oid, proname order by proname`
  )
  t.deepEqual(
    rows,
    Object.keys(verbs)
      .sort()
      .map(name => ({ name, executable: true }))
  )
})

test('Every argument of every function has values that it refuses, and every id a foreign one.', async t => {
  const { rows } = await stage.admin.query(
    `select proname as name, array(
       select argument::text from unnest(proargnames) with ordinality as named (argument, place)
       where proargtypes[place - 1] = 'uuid'::regtype order by 1
     ) as ids, coalesce(proargnames[1:pronargs], '{}') as arguments
     from pg_proc where pronamespace = 'app_public'::regnamespace`
  )
  for (const { name, ids, arguments: all } of rows) {
    const verb = verbs[name]!
    t.deepEqual(verb.from ? [rowOf(verb.from)] : Object.keys(verb.arguments(stage.world)), all, name)
    if (!verb.from) t.deepEqual(Object.keys(verb.bad).sort(), [...all].sort(), name)
    t.deepEqual(Object.keys(verb.foreign?.(stage.world) ?? {}).sort(), ids, name)
  }
})

for (const [name, verb] of Object.entries(verbs)) {
  const by = verb.by ?? 'owner'
  test.serial(`Who may call ${name}, and a refusal writes nothing.`, async t => {
    for (const [who, expected] of Object.entries(verb.who) as [PersonaName, string][]) {
      const persona = stage.cast[who]
      if (/^\d/.test(expected)) t.is(await outcome(call(persona.attempt, name, verb)), expected, who)
      else await refused(t, stage, () => call(persona, name, verb), expected)
    }
  })

  for (const argument of Object.keys(verb.bad)) {
    test.serial(`${name} refuses a bad ${argument} and writes nothing.`, async t => {
      for (const [value, words] of verb.bad[argument]!) {
        await refused(t, stage, () => call(stage.cast[by], name, verb, { [argument]: value }), words)
      }
      t.is(await outcome(call(stage.cast[by].attempt, name, verb)), verb.who[by], 'the good value beside it')
    })
  }

  if (verb.foreign) {
    test.serial(`${name} answers another tenant's id in the same way as one that does not exist.`, async t => {
      for (const [argument, foreign] of Object.entries(verb.foreign!(stage.world))) {
        const answer = async (id: string) =>
          shown(
            await refused(
              t,
              stage,
              () => call(stage.cast[by], name, verb, { ...verb.foreignWith, [argument]: id }),
              typeof verb.foreignAs === 'string' ? verb.foreignAs : (verb.foreignAs?.[argument] ?? 'NOT_FOUND')
            )
          )
        t.deepEqual(await answer(foreign), await answer(unknownId), argument)
      }
    })
  }
}

function call(as: Persona | Persona['attempt'], name: string, verb: Verb, instead = {}): Promise<Outcome> {
  if (verb.from) return as(`select app_public.${name}(${rowOf(verb.from)}) from ${verb.from}`)
  const values = Object.entries({ ...verb.arguments(stage.world), ...instead })
  const list = values.map(([argument], index) => `${argument} => $${index + 1}`).join(', ')
  return as(
    `select * from app_public.${name}(${list})`,
    values.map(([, value]) => value)
  )
}

/** What a row is called that is the argument. */
const rowOf = (from: string) => from.split(' ').at(-1)!

/** Whatever of an error could tell one from the other. */
function shown({ code, message, detail, hint, where, schema, table, column, constraint }: DatabaseError) {
  return { code, message, detail, hint, where, schema, table, column, constraint }
}
