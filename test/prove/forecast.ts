import type pg from 'pg'
import { chance, type Chance } from '../helpers/chance.ts'
import type { Proof } from '../helpers/proof.ts'
import { sabotage } from '../helpers/sabotage.ts'
import { drawTrace, kinds, type Kind, type Trace } from '../helpers/traces.ts'

const firstDay = Date.UTC(2026, 0, 5)
const day = 86_400_000
/** To the end of April, and beyond. */
const days = 120
/** A month is forecast from its third to its 28th day. */
const months = [Date.UTC(2026, 2, 1), Date.UTC(2026, 3, 1)]

const ask = `
  select expected::float8, low::float8, high::float8 from app_public.budgets
    cross join lateral app_hidden.forecast_from(budgets,
      row(budgets.id, 1000000, 0, $1::numeric, 0, 0, 0, 'USD', $2, $3)::app_public.budget_state, $4)`

interface Judged {
  kind: Kind
  covered: boolean
  below: boolean
  loss: number
  lossOfLine: number
}

export default {
  title:
    'the band of a forecast holds 75 to 85 % of what comes, and loses less than a straight line to the end of the month',
  family: 'metering',
  breaks: 'a band of half the width',
  async run({ database, log, short, broken }) {
    const { admin } = await database()
    const traces = short ? 240 : 2400
    if (broken) await sabotage(admin, 'app_hidden.project_use', 'float8 := 1.2816', 'float8 := 0.6')
    // Not the traces that the method was chosen on.
    const random = chance(20_261_125)
    const judged: Judged[] = []
    for (let n = 0; n < traces; n++) {
      const trace = drawTrace(kinds[n % kinds.length]!, days, random)
      judged.push(...(await replay(admin, trace, n % 2 === 0, short ? 1 : 3, random)))
      if (n % 200 === 199) log(`${n + 1} of ${traces} traces`)
    }
    const all = tell(judged)
    return {
      passed: all['covered'] >= 0.75 && all['covered'] <= 0.85 && all['pinball loss'] < all['of a straight line'],
      figures: {
        traces,
        forecasts: judged.length,
        ...all,
        ...Object.fromEntries(kinds.map(kind => [kind, tell(judged.filter(one => one.kind === kind))]))
      }
    }
  }
} satisfies Proof

const mean = (values: number[]) => Number((values.reduce((sum, value) => sum + value, 0) / values.length).toFixed(4))

const tell = (judged: Judged[]) => ({
  covered: mean(judged.map(({ covered }) => Number(covered))),
  'came to less': mean(judged.map(({ below }) => Number(below))),
  'pinball loss': mean(judged.map(({ loss }) => loss)),
  'of a straight line': mean(judged.map(({ lossOfLine }) => lossOfLine))
})

/** Books a trace as uses, and asks at some moments of a month what that month will come to: the future is there, and not to be looked at. */
async function replay(admin: pg.Pool, { kind, amounts }: Trace, rolledUp: boolean, times: number, random: Chance) {
  const uses = amounts.flatMap((amount, at) => {
    // Some uses a day, in its working hours.
    const parts = Array.from({ length: 1 + Math.floor(random() * 4) }, () => 0.1 + random())
    const sum = parts.reduce((total, part) => total + part, 0)
    return parts.map(part => ({
      at: firstDay + at * day + Math.floor((6 + random() * 14) * 3_600_000),
      cost: Number(((amount * part) / sum).toFixed(6))
    }))
  })
  const client = await admin.connect()
  try {
    const { rows } = await client.query(
      `with company as (
         insert into app_public.organizations (name, slug, plan) values ('Trace', 'trace-' || gen_random_uuid(), 'enterprise') returning id
       ),
       budget as (
         insert into app_public.budgets (organization_id, limit_amount, counts_from) select id, 1000000, '-infinity' from company
       ),
       uses as (
         insert into app_public.usage_records (organization_id, service, model, cost, currency, charged, charged_currency, occurred_at)
         select company.id, 'proof', 'proof', cost, 'USD', cost, 'USD', to_timestamp(at / 1000.0)
         from company, unnest($1::numeric[], $2::float8[]) as known (cost, at)
       )
       select id from company`,
      [uses.map(({ cost }) => cost), uses.map(({ at }) => at)]
    )
    await client.query('begin')
    await client.query('select app_hidden.resolve_job($1)', [rows[0].id])
    await client.query('set local role rowgate_job')
    if (rolledUp) await client.query('select app_hidden.roll_up()')
    const judged: Judged[] = []
    for (let n = 0; n < times; n++) {
      const starts = random.pick(months)
      const ends = Date.UTC(2026, new Date(starts).getUTCMonth() + 1, 1)
      const at = starts + Math.floor((2 + random() * 25) * 24) * 3_600_000
      const between = (since: number, until: number) =>
        uses.reduce((sum, use) => (use.at >= since && use.at < until ? sum + use.cost : sum), 0)
      const settled = between(starts, at)
      const values = [settled, new Date(starts), new Date(ends), new Date(at)]
      const forecast = (await client.query<{ expected: number; low: number; high: number }>(ask, values)).rows[0]!
      // Of a tenant who has not begun there is nothing to say.
      if (between(0, at) === 0) continue
      const came = between(starts, ends)
      const straight = (settled * (ends - starts)) / (at - starts)
      judged.push({
        kind,
        covered: forecast.low <= came && came <= forecast.high,
        below: came < forecast.low,
        loss: pinball(came, forecast.low, forecast.expected, forecast.high),
        lossOfLine: pinball(came, straight, straight, straight)
      })
    }
    await client.query('rollback')
    return judged
  } finally {
    client.release()
  }
}

/** How far off the 10, 50 and 90 % quantiles are, each on its side, as a part of what came. */
const pinball = (came: number, ...told: [number, number, number]) =>
  [0.1, 0.5, 0.9].reduce((sum, quantile, n) => {
    const off = came - told[n]!
    return sum + (off >= 0 ? quantile * off : (quantile - 1) * off) / came
  }, 0)
