import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { openRequest, type Caller } from '../../server/claims.ts'
import { chance, type Chance } from '../helpers/chance.ts'
import type { Database } from '../helpers/database.ts'
import { found, foundKey } from '../helpers/organization.ts'
import { personas, type Personas } from '../helpers/personas.ts'
import type { Proof } from '../helpers/proof.ts'
import { refusal } from '../helpers/refusal.ts'
import { sabotage } from '../helpers/sabotage.ts'

const services = ['openai', 'maps']
const models = ['gpt-5', 'geocode', 'priced']
const currencies = ['USD', 'EUR', 'JPY']
/** Of a use, in the order of the arguments. */
const use = 'service => $1, model => $2, cost => $3, currency => $4, tokens_in => $5, requests => $6, team_id => $7'
const explain = `select * from app_public.explain_charge(${use})`
const authorize = `select id from app_public.authorize_usage(${use}, idempotency_key => $8, hold_seconds => 3600)`

export default {
  title: 'explain_charge says what authorize_usage does, for random budgets and uses',
  family: 'metering',
  breaks: 'explain_charge forgets what is held',
  async run(tools) {
    const { short, broken, log } = tools
    const total = short ? 1000 : 20_000
    const database = await tools.database()
    const people = personas(database)
    tools.keep(people.close)
    await database.admin.query(
      `select app_hidden.set_list_prices('openai', 'priced', 'EUR', '[{"unit": "input_token", "price": "0.0013"}]', '2000-01-01T00:00Z'),
         app_hidden.set_exchange_rate('EUR', 'USD', 1.1, '2000-01-01T00:00Z')`
    )
    if (broken) {
      const all = 'figures.settled + figures.held + verdict.requested'
      await sabotage(database.admin, 'app_public.explain_charge', all, 'figures.settled + verdict.requested')
    }
    const client = new pg.Client({ connectionString: database.apiUrl })
    await client.connect()
    tools.keep(() => client.end())

    const answers: Record<string, number> = {}
    const examples: unknown[] = []
    let [cases, different, worlds] = [0, 0, 0]
    while (cases < total) {
      const random = chance(++worlds)
      const { callers, teams } = await draw(database, people, random)
      for (let n = 0; n < 100 && cases < total; n++, cases++) {
        const values = drawUse(random, teams)
        const { said, done } = await both(client, random.pick(callers), values, random() < 0.3)
        answers[done] = (answers[done] ?? 0) + 1
        if (said === done) continue
        different++
        if (examples.length < 5) examples.push({ said, done, values, world: worlds })
      }
      if (worlds % 50 === 0) log(`${cases} of ${total} cases, ${different} differences`)
    }
    return {
      passed:
        different === 0
        // Each answer came often.
        && ['done', 'BUDGET_EXCEEDED', 'CURRENCY_MISMATCH', 'PRICE_UNKNOWN'].every(
          code => answers[code]! > total / 200
        ),
      figures: { cases, worlds, answers, different, ...(examples.length > 0 && { examples }) }
    }
  }
} satisfies Proof

/** An organization with a few budgets of any kind, and somebody of each kind who uses. */
async function draw({ admin }: Database, { asUser, asKey }: Personas, random: Chance) {
  const { id, ids, people } = await found({ admin, asUser }, { owner: 'owner', member: 'member' })
  const { owner, member } = people
  const team = async (name: string, above: string | null) =>
    (await owner('select id from app_public.create_team($1, $2)', [name, above])).rows[0]!['id'] as string
  const top = await team('Top', null)
  const below = await team('Below', top)
  const key = await foundKey({ admin, asKey }, id, ids.owner, below)
  const levels = [{}, {}, { team_id: top }, { team_id: below }, { user_id: ids.member }, { api_key_id: key.id }]
  for (let n = 0; n < 2 + random() * 5; n++) {
    const unit = random.pick(['money', 'money', 'requests', 'tokens'])
    const policy = random.pick(['block', 'block', 'block', 'grace', 'allow'])
    const values = {
      unit,
      policy,
      limit_amount: Math.floor(random() * (unit === 'tokens' ? 20_000 : 60)),
      currency: unit === 'money' && random() < 0.2 ? random.pick(random() < 0.2 ? currencies : ['EUR', 'USD']) : null,
      period: random.pick(['day', 'week', 'month', 'quarter', 'year', 'total']),
      service: random() < 0.2 ? random.pick(services) : null,
      model: random() < 0.2 ? random.pick(models) : null,
      grace_percent: policy === 'grace' ? 1 + Math.floor(random() * 80) : null,
      ...random.pick(levels)
    }
    const names = Object.keys(values)
    const { rows } = await owner(
      `select id from app_public.create_budget(${names.map((name, at) => `${name} => $${at + 1}`).join(', ')})`,
      Object.values(values)
    )
    const budget = rows[0]!['id']
    if (random() < 0.15) await owner('select app_public.pause_budget($1)', [budget])
    if (random() < 0.25) await owner('select app_public.raise_budget($1, $2)', [budget, 1 + Math.floor(random() * 20)])
  }
  if (random() < 0.5) {
    await owner('select app_public.grant_credit($1, $2)', [
      random.pick([ids.owner, ids.member]),
      1 + Math.floor(random() * 40)
    ])
    if (random() < 0.5) await owner("select app_public.update_metering(credit_order => 'organization_first')")
  }
  // A period that nobody has met yet is judged as one that is open.
  if (random() < 0.3) await admin.query('delete from app_public.budget_periods where organization_id = $1', [id])
  return { callers: [owner.is, member.is, key.persona.is], teams: [null, null, top, below] }
}

function drawUse(random: Chance, teams: (string | null)[]): unknown[] {
  const priced = random() < 0.2
  return [
    priced ? 'openai' : random.pick(services),
    priced ? 'priced' : random.pick(models),
    priced || random() < 0.06 ? null : random.amount(random() < 0.3 ? 0.5 : 12),
    priced ? null : random.pick([null, null, null, 'USD', 'EUR', ...(random() < 0.2 ? ['JPY'] : [])]),
    Math.floor(random() * 3000),
    Math.floor(random() * 4),
    random.pick(teams),
    randomUUID()
  ]
}

/** What is said and what is done in one transaction; it stays only now and then, so that there is room for long. */
async function both(client: pg.Client, caller: Caller, values: unknown[], stays: boolean) {
  await client.query('begin')
  for (const { text, values } of openRequest(caller, undefined, randomUUID()).statements) {
    await client.query(text, values as unknown[])
  }
  const attempt = async (work: () => Promise<string>) => {
    await client.query('savepoint attempt')
    try {
      return await work()
    } catch (error) {
      await client.query('rollback to savepoint attempt')
      return refusal(error)
    }
  }
  const said = await attempt(async () => {
    const { rows } = await client.query(explain, values.slice(0, -1))
    return rows.every(({ charged, fits }) => fits || !charged) ? 'done' : 'BUDGET_EXCEEDED'
  })
  const done = await attempt(async () => {
    await client.query(authorize, values)
    return 'done'
  })
  await client.query(stays ? 'commit' : 'rollback')
  return { said, done }
}
