import { chance } from '../helpers/chance.ts'
import type { Answer } from '../helpers/client.ts'
import { foundCompany, type Level, type Spender } from '../helpers/company.ts'
import { startFleet, type Fleet } from '../helpers/fleet.ts'
import { personas } from '../helpers/personas.ts'
import type { Proof } from '../helpers/proof.ts'
import {
  authorize,
  exactSpenders,
  record,
  release,
  resultOf,
  roomByLedger,
  settle,
  tally,
  unequalBooks
} from '../helpers/spending.ts'

/** At the end of every transaction: does what it leaves, with all that others have committed, stay within the limit? */
const watch = `
  create schema proof;
  create table proof.seen (over boolean);
  create table proof.overspent (budget_id uuid, used numeric, cap numeric);
  create function proof.look() returns trigger language plpgsql security definer as $$
  declare
    used numeric;
    cap numeric;
    looked constant text := coalesce(current_setting('proof.looked', true), '');
    period constant text := new.budget_id || ' ' || new.starts_at || ',';
  begin
    -- Once for all parts: a transaction that wrote 256 of them would look 256 times, while others wait for what it holds.
    if strpos(looked, period) > 0 then
      return null;
    end if;
    perform set_config('proof.looked', looked || period, true);
    select sum(settled + held) into used from app_public.budget_shards
    where (organization_id, budget_id, starts_at) = (new.organization_id, new.budget_id, new.starts_at);
    select (app_hidden.period_cap(periods, clock_timestamp())).cap into cap from app_public.budget_periods as periods
    where (organization_id, budget_id, starts_at) = (new.organization_id, new.budget_id, new.starts_at);
    if used > cap then
      insert into proof.overspent values (new.budget_id, used, cap);
    end if;
    return null;
  end; $$;
  create constraint trigger proof after insert or update on app_public.budget_shards
    deferrable initially deferred for each row execute function proof.look();`

/** Read, compare, write: what every charge did that is not here. */
const naive = `
  create or replace function app_hidden.charge(
    organization_id uuid, budget_id uuid, starts_at timestamptz, settled_more numeric, held_more numeric,
    shards int, forced text default null, usage_record_id uuid default null
  ) returns void language plpgsql volatile as $$
  declare
    figures record;
  begin
    figures := app_hidden.period_figures(charge.organization_id, charge.budget_id, charge.starts_at);
    if forced is null and figures.settled + figures.held + settled_more + held_more > figures.cap then
      perform app_hidden.refuse_charge(charge.organization_id, charge.budget_id, charge.starts_at,
        settled_more + held_more, figures.settled, figures.held);
    end if;
    perform pg_sleep(0.005);
    update app_public.budget_shards as part
    set settled = part.settled + settled_more, held = part.held + held_more
    where part.organization_id = charge.organization_id and part.budget_id = charge.budget_id
      and part.starts_at = charge.starts_at and part.shard = 0;
  end; $$;`

export default {
  title: 'no admission takes any of five budgets above its limit, and what fits is never refused',
  family: 'metering',
  breaks: 'charging reads, compares and then writes',
  async run(tools) {
    const { short, broken, log } = tools
    const [clients, processes, turns] = short ? [24, 2, 12] : [64, 4, 300]
    const database = await tools.database()
    const { admin } = database
    const people = personas(database)
    tools.keep(people.close)
    await admin.query(watch)
    if (broken) await admin.query(naive)
    const fleet = await startFleet(tools, database.apiUrl, processes)
    log(`${clients} clients over ${processes} API processes`)

    // Limits that are reached on each level by somebody; costs of 0 to 0.3.
    const expected = clients * turns * 0.15
    const share: Record<Level, number[]> = {
      organization: [0.7],
      department: [0.4, 0.6],
      team: [0.15, 0.3, 0.22, 0.5],
      member: [0.5, 0.18, 0.5, 0.2],
      key: [0.5, 0.5, 0.5, 0.5]
    }
    const limit = (level: Level, index: number) => (expected * share[level][index]!).toFixed(6)

    // Recorded use only grows, so what is free at the end was free at every refusal.
    const recording = await foundCompany(database, people, limit)
    const recorded = await crowd(clients, turns, async (member, turn, random) => {
      const spender = recording.spenders[member % 4]!
      const cost = random.amount(0.3)
      const answer = await record(fleet, spender, `record-${member}-${turn}`, cost)
      return { spender, cost, answer }
    })
    const left = await roomByLedger(admin, recording)
    let unequal = 0
    const wronglyRefused = recorded.filter(
      ({ spender, cost, answer }) =>
        answer.code === 'BUDGET_EXCEEDED' && spender.budgets.every(id => Number(left.get(id)) >= Number(cost))
    )

    // Holds come and go; at the end all of them are closed, and exactly what is left fits.
    const holding = await foundCompany(database, people, limit)
    const held = await crowd(clients, Math.ceil(turns / 2), async (member, turn, random) => {
      const spender = holding.spenders[member % 4]!
      const cost = random.amount(0.6)
      const answer = await hold(fleet, spender, `hold-${member}-${turn}`, cost, random())
      return { spender, cost, answer }
    })

    // A credit for each member, and who pays first: what fits either source is let through, by one of them.
    const pooled: Spent[] = []
    for (const order of ['personal_first', 'organization_first'] as const) {
      const credits = { order, amount: (index: number) => (expected * [0.05, 0.02, 0.03, 0.1][index]!).toFixed(6) }
      const pooling = await foundCompany(database, people, limit, credits)
      const spent = await crowd(clients, Math.ceil(turns / 2), async (member, turn, random) => {
        const spender = pooling.spenders[member % 4]!
        const cost = random.amount(0.6)
        return { spender, cost, answer: await record(fleet, spender, `pool-${member}-${turn}`, cost) }
      })
      pooled.push(...spent)
      const rest = await roomByLedger(admin, pooling)
      const fit = (cost: string, ids: string[]) => ids.every(id => Number(rest.get(id)) >= Number(cost))
      wronglyRefused.push(
        ...spent.filter(
          ({ spender, cost, answer }) =>
            answer.code === 'BUDGET_EXCEEDED' && (fit(cost, spender.budgets) || fit(cost, [spender.credit!]))
        )
      )
      unequal += await unequalBooks(admin, pooling)
    }

    const exact = (await exactSpenders(admin, fleet, recording)) + (await exactSpenders(admin, fleet, holding))
    const codes = tally([...recorded, ...held, ...pooled].map(({ answer }) => answer.code))
    const { rows: overspent } = await admin.query('select count(*)::int as count from proof.overspent')
    const { rows: deadlocks } = await admin.query(
      'select deadlocks::int as count from pg_stat_database where datname = current_database()'
    )
    const figures = {
      answers: codes,
      'refused on level': tally(
        [...recorded, ...held, ...pooled].flatMap(({ answer }) =>
          answer.code === 'BUDGET_EXCEEDED' ? [levelOf(answer)] : []
        )
      ),
      'transactions that left a budget above its limit': overspent[0].count,
      'refused although it fitted': wronglyRefused.length,
      'pools whose sources are not what was recorded': unequal,
      'spenders who could spend exactly the rest': `${exact} of 8`,
      deadlocks: deadlocks[0].count
    }
    const unexpected = Object.keys(codes).filter(code => !['done', 'BUDGET_EXCEEDED'].includes(code))
    return {
      passed:
        unexpected.length === 0
        && (codes['BUDGET_EXCEEDED'] ?? 0) > 0
        && overspent[0].count === 0
        && wronglyRefused.length === 0
        && unequal === 0
        && exact === 8
        && deadlocks[0].count === 0,
      figures
    }
  }
} satisfies Proof

interface Spent {
  spender: Spender
  cost: string
  answer: Answer
}

/** So many who do the same at the same time, each so often. */
async function crowd(
  size: number,
  turns: number,
  act: (member: number, turn: number, random: ReturnType<typeof chance>) => Promise<Spent>
): Promise<Spent[]> {
  const all: Spent[] = []
  await Promise.all(
    Array.from({ length: size }, async (_, member) => {
      const random = chance(member + 1)
      for (let turn = 0; turn < turns; turn++) all.push(await act(member, turn, random))
    })
  )
  return all
}

/** Authorizes; then settles for less, for the same, or releases. */
async function hold(fleet: Fleet, spender: Spender, key: string, cost: string, then: number): Promise<Answer> {
  const held = await authorize(fleet, spender, key, cost, 3600)
  if (held.code !== 'done') return held
  const { id } = resultOf(held)
  if (then < 0.3) return release(fleet, spender, id)
  return settle(fleet, spender, id, then < 0.6 ? cost : (Number(cost) / 2).toFixed(6))
}

const levelOf = (answer: Answer): string =>
  String((answer as { extensions: Record<string, unknown> }).extensions['level'])
