import { existsSync } from 'node:fs'
import type pg from 'pg'
import { Temporal } from 'temporal-polyfill'
import { programs } from '../../db/schema-sql.ts'
import type { Proof } from '../helpers/proof.ts'

const steps = { day: { days: 1 }, week: { weeks: 1 }, month: { months: 1 }, quarter: { months: 3 }, year: { years: 1 } }
type Period = keyof typeof steps
const periods = Object.keys(steps) as Period[]

/** The years around today: what was recorded, and what is going to be. */
interface Span {
  from: Temporal.PlainDate
  until: Temporal.PlainDate
}
function around(years: number): Span {
  const from = Temporal.PlainDate.from({ year: new Date().getUTCFullYear() - Math.floor(years / 2), month: 1, day: 1 })
  return { from, until: from.add({ years }) }
}

// No midnight, midnight twice, half hours, clocks over midnight, clocks that stand still.
const crooked = `Africa/Cairo Africa/Casablanca America/Asuncion America/Havana America/Nuuk America/Santiago
  America/Sao_Paulo America/Scoresbysund Asia/Amman Asia/Beirut Asia/Gaza Asia/Kathmandu Asia/Tehran Atlantic/Azores
  Australia/Lord_Howe Europe/Berlin Pacific/Apia`.split(/\s+/)

/** What PostgreSQL knows of a zone: when its clocks change, and by how much they then are off UTC. */
const changes = `
  create function public.clock_changes(zone text, since timestamptz, until timestamptz) returns text[]
  language plpgsql stable as $$
  declare
    found text[] := '{}';
    day timestamptz;
    earlier timestamptz;
    later timestamptz;
    middle timestamptz;
  begin
    for day in
      select moment from generate_series(since, until - interval '1 day', interval '1 day') as moment
      where (moment at time zone zone) - (moment at time zone 'UTC')
        <> ((moment + interval '1 day') at time zone zone) - ((moment + interval '1 day') at time zone 'UTC')
    loop
      earlier := day;
      later := day + interval '1 day';
      while later - earlier > interval '1 second' loop
        middle := earlier + date_trunc('second', (later - earlier) / 2);
        if (middle at time zone zone) - (middle at time zone 'UTC') = (day at time zone zone) - (day at time zone 'UTC') then
          earlier := middle;
        else
          later := middle;
        end if;
      end loop;
      found := found || format('%s %s', extract(epoch from later)::bigint,
        extract(epoch from (later at time zone zone) - (later at time zone 'UTC'))::int);
    end loop;
    return found;
  end; $$`

const stock = `
  create or replace function app_hidden.period_bounds(
    period text, at timestamptz, zone text, out starts timestamptz, out ends timestamptz
  ) language plpgsql stable strict as $$
  begin
    starts := date_trunc(period, at, zone);
    ends := (date_trunc(period, at at time zone zone) + replace('1 ' || period, '1 quarter', '3 months')::interval) at time zone zone;
  end; $$`

/** The first and last instant of each period, and one between, must all answer its bounds. */
const compare = `
  select instant, starts, ends, begun, over
  from (select begun, lead(begun) over (order by begun) as over from unnest($3::timestamptz[]) as begun) as expected
    cross join lateral (values (begun), (begun + (over - begun) / 2), (over - interval '1 microsecond')) as probe (instant)
    cross join lateral app_hidden.period_bounds($1, instant, $2)
  where over is not null and (starts, ends) is distinct from (begun, over)`

export default {
  title: 'periods begin and end when they do in their time zone, for all zones and ten years',
  family: 'metering',
  breaks: 'the stock date_trunc: the later of two midnights, and an evening that clocks repeat counted as over',
  async run({ database, log, short, broken }) {
    const servers = [await database(), ...(existsSync(programs) ? [await database({ programs })] : [])]
    const span = around(short ? 3 : 10)
    const figures: Record<string, unknown> = {
      years: `${span.from.year} to ${span.until.year - 1}`,
      oracle: `Temporal, time zones ${process.versions['tz']}`
    }
    if (servers.length < 2) figures['not run'] = 'PostgreSQL 15: apt-get install postgresql-15'
    const verdicts = await Promise.all(
      servers.map(async ({ admin }) => {
        const client = await admin.connect()
        const name = `PostgreSQL ${(await client.query('show server_version')).rows[0].server_version.split(' ')[0]}`
        await client.query(changes)
        if (broken) await client.query(stock)
        const { passed, ...found } = await judge(client, span, short, line => log(`${name}: ${line}`))
        client.release()
        figures[name] = found
        return passed
      })
    )
    return { passed: verdicts.every(passed => passed), figures }
  }
} satisfies Proof

async function judge(client: pg.PoolClient, span: Span, short: boolean, log: (line: string) => void) {
  const { rows } = await client.query<{ name: string }>(
    // What is_time_zone() accepts; asked for each name, it would read the whole list each time.
    "select name from pg_timezone_names where name = 'UTC' or name ~ '^[A-Z][A-Za-z_]+/[A-Z]' order by name"
  )
  const all = rows.map(({ name }) => name)
  const zones = short ? all.filter((name, index) => crooked.includes(name) || index % 80 === 0) : all
  const excluded: Record<string, string> = {}
  const differences: unknown[] = []
  let boundaries = 0
  let wrong = 0
  for (const [index, zone] of zones.entries()) {
    const reason = await unlike(client, span, zone)
    if (reason) {
      excluded[zone] = reason
      continue
    }
    for (const period of periods) {
      const expected = boundariesOf(span, zone, period)
      boundaries += expected.length
      const { rows } = await client.query(compare, [period, zone, expected])
      wrong += rows.length
      if (differences.length < 5) differences.push(...rows.slice(0, 1).map(row => ({ zone, period, ...row })))
    }
    if (index % 50 === 49) log(`${index + 1} of ${zones.length} zones, ${wrong} differences`)
  }
  const compared = zones.length - Object.keys(excluded).length
  return {
    // Zones that two editions of the list do not agree on say nothing about us; nearly none can be left out for that.
    passed: wrong === 0 && compared >= zones.length * 0.9,
    zones: compared,
    boundaries,
    differences: wrong,
    ...(wrong > 0 && { examples: differences }),
    excluded
  }
}

/** Why PostgreSQL and the oracle can't be compared here. */
async function unlike(client: pg.PoolClient, { from, until }: Span, zone: string): Promise<string | undefined> {
  const theirs: string[] = []
  try {
    let moment: Temporal.ZonedDateTime | null = from.toZonedDateTime({ timeZone: 'UTC' }).withTimeZone(zone)
    while (
      (moment = moment.getTimeZoneTransition('next'))
      && Temporal.PlainDate.compare(moment.toPlainDate(), until) < 0
    ) {
      theirs.push(`${moment.epochMilliseconds / 1000} ${moment.offsetNanoseconds / 1e9}`)
    }
  } catch {
    return 'unknown to the oracle'
  }
  const { rows } = await client.query('select public.clock_changes($1, $2, $3) as ours', [
    zone,
    `${from}Z`,
    `${until}Z`
  ])
  const only = rows[0].ours.find((change: string) => !theirs.includes(change))
  const missing = theirs.find(change => !rows[0].ours.includes(change))
  if (!only && !missing) return undefined
  const at = new Date(Number((only ?? missing)!.split(' ')[0]) * 1000).toISOString()
  return `the editions differ: only ${only ? 'PostgreSQL' : 'the oracle'} changes the clocks at ${at}`
}

function boundariesOf({ from, until }: Span, zone: string, period: Period): string[] {
  const found = new Set<number>()
  let day = period === 'week' ? from.subtract({ days: from.dayOfWeek - 1 }) : from
  for (; Temporal.PlainDate.compare(day, until) <= 0; day = day.add(steps[period])) {
    // A day that the zone skipped has no length: it begins when the next one does.
    found.add(day.toZonedDateTime(zone).epochMilliseconds)
  }
  return [...found].sort((a, b) => a - b).map(moment => new Date(moment).toISOString())
}
