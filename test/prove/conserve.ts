import { insist } from '../helpers/client.ts'
import { foundCompany, type Spender } from '../helpers/company.ts'
import type { Fleet } from '../helpers/fleet.ts'
import type { Proof } from '../helpers/proof.ts'
import { compared, rolledUp, rollUp } from '../helpers/rolled.ts'
import { authorize, correct, once, record, recordLate, release, resultOf, settle } from '../helpers/spending.ts'
import { turmoil } from '../helpers/turmoil.ts'

/** Reads what there is and writes the sum: of two who do so at the same time one is lost. */
const lossy = `
  create or replace function app_hidden.charge(
    organization_id uuid, budget_id uuid, starts_at timestamptz, settled_more numeric, held_more numeric,
    shards int, forced text default null, usage_record_id uuid default null
  ) returns void language plpgsql volatile as $$
  declare
    was record;
  begin
    select * into was from app_public.budget_shards as part
    where part.organization_id = charge.organization_id and part.budget_id = charge.budget_id
      and part.starts_at = charge.starts_at and part.shard = 0;
    perform pg_sleep(0.005);
    update app_public.budget_shards as part
    set settled = was.settled + settled_more, held = was.held + held_more
    where part.organization_id = charge.organization_id and part.budget_id = charge.budget_id
      and part.starts_at = charge.starts_at and part.shard = 0;
  end; $$;`

/** What a dollar is, all the time since 2000: also in the past, as somebody who corrects a rate would say it. */
const rate = "select app_hidden.set_exchange_rate('USD', 'EUR', $1, '2000-01-01T00:00Z')"

const priced = `
  select app_hidden.set_list_prices('proof', 'priced', 'USD', '[
    {"unit": "input_token", "price": "0.000001234567"}, {"unit": "output_token", "price": "0.00000987654321"}]',
    '2000-01-01T00:00Z')`

/** Each period's counter beside the records that it counts. */
const books = `
  with recursive below as (
    select id as top, id from app_public.teams
    union all
    select below.top, teams.id from below join app_public.teams on teams.parent_team_id = below.id
  ),
  ledger as (
    select periods.budget_id, periods.starts_at, count(records.id)::int as records, sum(case budgets.unit
        when 'money' then case
          when periods.currency = records.charged_currency then records.charged
          else round(records.cost * frozen.rate, 12)
        end
        when 'requests' then records.requests
        else records.tokens_in + records.tokens_out
      end) as used
    from app_public.budget_periods as periods
      join app_public.budgets on budgets.id = periods.budget_id
      left join app_public.usage_records as records on records.organization_id = budgets.organization_id
        and records.occurred_at >= greatest(periods.starts_at, budgets.counts_from) and records.occurred_at < periods.ends_at
        and (budgets.model is null or records.model = budgets.model)
        -- Each use is paid by one source: the member's credit, or the organization's budgets in money.
        and (budgets.unit <> 'money' or (budgets.kind = 'credit') = exists (
          select from app_private.credit_uses where subject_id = coalesce(records.hold_id, records.corrects_id, records.id)
        ))
        and case budgets.level
          when 'organization' then true
          when 'team' then records.team_id in (select below.id from below where below.top = budgets.team_id)
          when 'member' then records.user_id = budgets.user_id
          else records.api_key_id = budgets.api_key_id
        end
      left join app_private.frozen_rates as frozen
        on frozen.subject_id = coalesce(records.hold_id, records.corrects_id, records.id)
          and frozen.from_currency = records.currency and frozen.to_currency = periods.currency
    group by periods.budget_id, periods.starts_at
  )
  select budgets.level, budgets.kind, budgets.unit, budgets.period, budgets.model, ledger.records,
    trim_scale(coalesce(ledger.used, 0))::text as ledger,
    trim_scale(sum(parts.settled))::text as counter,
    trim_scale(sum(parts.held))::text as held,
    trim_scale((
      select coalesce(sum(lines.amount), 0) from app_private.hold_lines as lines
      where lines.budget_id = ledger.budget_id and lines.starts_at = ledger.starts_at and lines.open
    ))::text as lines,
    count(*)::int as parts
  from ledger
    join app_public.budgets on budgets.id = ledger.budget_id
    join app_public.budget_shards as parts on parts.budget_id = ledger.budget_id and parts.starts_at = ledger.starts_at
  group by ledger.budget_id, ledger.starts_at, ledger.used, ledger.records, budgets.id`

export default {
  title:
    'every counter is the sum of the records that it counts, and nothing is held that no hold holds, to the last digit',
  family: 'metering',
  breaks: 'a counter that is read and written back',
  async run(tools) {
    const { short, broken } = tools
    let looks = 0
    const untold: unknown[] = []
    const {
      database,
      stage: company,
      acts,
      kills,
      crashes
    } = await turmoil(tools, {
      ...(short
        ? { clients: 12, processes: 2, kills: 2, crashes: 1 }
        : { clients: 16, processes: 4, kills: 100, crashes: 10 }),
      async set(database, people) {
        await database.admin.query(priced)
        await database.admin.query(rate, [0.9])
        if (broken) await database.admin.query(lossy)
        const company = await foundCompany(database, people, (_, index) => 1_000_000 + index, {
          order: 'personal_first',
          // One that is never used up, one that is soon, and two in between.
          amount: index => [1_000_000, 0.5, 3, 20][index]!
        })
        for (const more of [
          "unit => 'requests'",
          "currency => 'EUR'",
          "unit => 'tokens', model => 'priced'",
          "period => 'day', thresholds => '{}'",
          "period => 'total', policy => 'allow'",
          `period => 'week', api_key_id => '${company.spenders[0]!.keyId}'`
        ]) {
          await company.owner(`select app_public.create_budget(limit_amount => 100000000, ${more})`)
        }
        return { ...company, admin: database.admin }
      },
      async act(fleet, { spenders, admin, owner, id: organization }, member, turn, random) {
        // PostgreSQL may just be gone, or somebody else may say another rate.
        if (random() < 0.02) return admin.query(rate, [random.amount(2)]).catch(() => undefined)
        if (random() < 0.02) return rollUp(admin, organization, 1).catch(() => undefined)
        if (random() < 0.02) {
          // At any moment, whoever rolls up and whatever was killed.
          const seen = await compared(owner).catch(() => undefined)
          if (seen) looks++
          if (seen && seen.told !== seen.booked) untold.push(seen)
          return
        }
        const spender = spenders[member % 4]!
        const patient = random() < 0.5 ? insist : once
        const key = `${member}-${turn}`
        const cost = random.amount(0.3)
        const kind = random()
        if (kind < 0.3) return patient(() => record(fleet, spender, key, cost))
        if (kind < 0.5) return patient(() => recordPriced(fleet, spender, key, Math.floor(random() * 10_000)))
        const earlier = Math.floor(random() * 72)
        if (kind < 0.6) return patient(() => recordLate(fleet, spender, key, cost, earlier))
        if (kind < 0.7) {
          const wrong = await patient(() => record(fleet, spender, key, cost))
          if (wrong?.code !== 'done') return
          return patient(() => correct(fleet, spender, resultOf(wrong).id, `${key} again`, random.amount(0.3)))
        }
        const held = await patient(() => authorize(fleet, spender, key, cost, 1 + Math.floor(random() * 10)))
        if (held?.code !== 'done' || kind > 0.95) return
        const { id } = resultOf(held)
        // Up to twice of what was held.
        return patient(() =>
          kind < 0.85 ? settle(fleet, spender, id, random.amount(2 * Number(cost))) : release(fleet, spender, id)
        )
      }
    })

    const { rows } = await database.admin.query<
      Record<'ledger' | 'counter' | 'held' | 'lines', string> & { records: number; parts: number }
    >(books)
    const unequal = rows.filter(({ ledger, counter }) => ledger !== counter)
    const loose = rows.filter(({ held, lines }) => held !== lines)
    const { rows: told } = await company.owner('select budget_id, settled::text from app_public.budget_status()')
    const { rows: kept } = await database.admin.query(
      `select parts.budget_id, trim_scale(sum(parts.settled))::text as settled
       from app_public.budget_shards as parts
         join app_public.budget_periods as periods on (periods.budget_id, periods.starts_at) = (parts.budget_id, parts.starts_at)
       where periods.ends_at > now() group by 1`
    )
    const untrue = kept.filter(
      ({ budget_id, settled }) => told.find(state => state['budget_id'] === budget_id)?.['settled'] !== settled
    )
    // What is younger than a transaction under way waits for it.
    const last = async () => {
      await rollUp(database.admin, company.id)
      return rolledUp(database.admin, company.id)
    }
    let sums = await last()
    for (let tries = 0; tries < 100 && sums.some(({ sums, booked }) => sums !== booked); tries++) sums = await last()
    const unrolled = sums.filter(({ sums, booked }) => sums !== booked)
    const records = Math.max(...rows.map(row => row.records))
    return {
      // Five levels over two departments and four teams, and six more budgets.
      passed:
        rows.length >= 20
        && records > 100
        && unequal.length === 0
        && loose.length === 0
        && untrue.length === 0
        && looks > 0
        && untold.length === 0
        && sums.length === 6
        && unrolled.length === 0,
      figures: {
        'API processes killed': kills,
        'PostgreSQL killed': crashes,
        uses: acts,
        records,
        'periods of budgets': rows.length,
        parts: rows.reduce((sum, { parts }) => sum + parts, 0),
        'counters that are not the sum of their records': unequal.length,
        'counters that hold what no hold holds': loose.length,
        'budgets whose status says something else': untrue.length,
        'looks at usage while it was written': looks,
        'looks that were not what is booked': untold.length,
        ...(untold.length > 0 && { looks: untold.slice(0, 3) }),
        'kinds of sums that are not what is booked': unrolled.length,
        ...(unequal.length + loose.length > 0 && { examples: [...unequal, ...loose].slice(0, 3) })
      }
    }
  }
} satisfies Proof

const recordPriced = (fleet: Fleet, { key, userId }: Spender, idempotencyKey: string, tokens: number) =>
  fleet.mutate(key, 'recordUsage', {
    idempotencyKey,
    service: 'proof',
    model: 'priced',
    userId,
    tokensIn: String(tokens),
    tokensOut: String(tokens >> 3)
  })
