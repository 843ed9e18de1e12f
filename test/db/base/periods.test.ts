import test from 'ava'
import { openDatabase, type Database } from '../../helpers/database.ts'

let database: Database
test.before(async () => {
  database = await openDatabase()
})
test.after.always(() => database?.close())

async function bounds(period: string, at: string, zone: string): Promise<string[]> {
  const { rows } = await database.admin.query(
    `select starts, ends, app_hidden.period_start($1, $2, $3), app_hidden.period_end($1, $2, $3)
     from app_hidden.period_bounds($1, $2, $3)`,
    [period, at, zone]
  )
  const { starts, ends, period_start, period_end } = rows[0]
  if (`${starts} ${ends}` !== `${period_start} ${period_end}`) throw new Error('the three functions differ')
  return [starts, ends].map(moment => (moment instanceof Date ? moment.toISOString().replace(':00.000Z', 'Z') : moment))
}

const days: [what: string, zone: string, at: string, starts: string, ends: string][] = [
  [
    'a zone with three quarters of an hour',
    'Asia/Kathmandu',
    '2025-06-01T12:00Z',
    '2025-05-31T18:15Z',
    '2025-06-01T18:15Z'
  ],
  [
    'clocks that go forward half an hour',
    'Australia/Lord_Howe',
    '2024-10-05T20:00Z',
    '2024-10-05T13:30Z',
    '2024-10-06T13:00Z'
  ],
  ['no midnight, in October', 'America/Sao_Paulo', '2017-10-15T12:00Z', '2017-10-15T03:00Z', '2017-10-16T02:00Z'],
  [
    'the evening before no midnight',
    'America/Sao_Paulo',
    '2017-10-15T02:59Z',
    '2017-10-14T03:00Z',
    '2017-10-15T03:00Z'
  ],
  ['an hour before midnight twice', 'America/Sao_Paulo', '2018-02-18T02:30Z', '2018-02-17T02:00Z', '2018-02-18T03:00Z'],
  ['no midnight, in March', 'Asia/Beirut', '2024-03-31T12:00Z', '2024-03-30T22:00Z', '2024-03-31T21:00Z'],
  ['no midnight, in April', 'Africa/Cairo', '2024-04-26T12:00Z', '2024-04-25T22:00Z', '2024-04-26T21:00Z'],
  ['midnight twice: its first', 'America/Havana', '2024-11-03T04:00Z', '2024-11-03T04:00Z', '2024-11-04T05:00Z'],
  ['midnight twice: its second', 'America/Havana', '2024-11-03T05:00Z', '2024-11-03T04:00Z', '2024-11-04T05:00Z'],
  [
    'the day before one that does not exist',
    'Pacific/Apia',
    '2011-12-30T09:59Z',
    '2011-12-29T10:00Z',
    '2011-12-30T10:00Z'
  ],
  [
    'the day after one that does not exist',
    'Pacific/Apia',
    '2011-12-30T10:00Z',
    '2011-12-30T10:00Z',
    '2011-12-31T10:00Z'
  ],
  [
    'clocks over midnight: its first minute',
    'America/St_Johns',
    '2010-11-07T02:30Z',
    '2010-11-07T02:30Z',
    '2010-11-08T03:30Z'
  ],
  [
    'clocks back over midnight: the evening again',
    'America/St_Johns',
    '2010-11-07T02:45Z',
    '2010-11-07T02:30Z',
    '2010-11-08T03:30Z'
  ],
  [
    'the evening that comes again, for the first time',
    'America/St_Johns',
    '2010-11-07T02:29Z',
    '2010-11-06T02:30Z',
    '2010-11-07T02:30Z'
  ],
  ['clocks forward over midnight', 'America/Toronto', '1919-03-31T12:00Z', '1919-03-31T04:30Z', '1919-04-01T04:00Z']
]
for (const [what, zone, at, starts, ends] of days) {
  test(`A day begins at the first instant of its date: ${what} (${zone}).`, async t => {
    t.deepEqual(await bounds('day', at, zone), [starts, ends])
  })
}

test('Longer periods begin with their first day: the week on Monday, the others with the calendar.', async t => {
  const at = '2024-10-30T12:00Z'
  t.deepEqual(await bounds('week', at, 'Africa/Cairo'), ['2024-10-27T21:00Z', '2024-11-03T22:00Z'])
  t.deepEqual(await bounds('month', at, 'Africa/Cairo'), ['2024-09-30T21:00Z', '2024-10-31T22:00Z'])
  t.deepEqual(await bounds('quarter', at, 'Africa/Cairo'), ['2024-09-30T21:00Z', '2024-12-31T22:00Z'])
  t.deepEqual(await bounds('year', at, 'Africa/Cairo'), ['2023-12-31T22:00Z', '2024-12-31T22:00Z'])
  t.deepEqual(await bounds('week', '2024-12-31T12:00Z', 'UTC'), ['2024-12-30T00:00Z', '2025-01-06T00:00Z'])
  t.deepEqual(await bounds('month', '2024-02-29T23:59:59.999999Z', 'UTC'), ['2024-02-01T00:00Z', '2024-03-01T00:00Z'])
})

test('The total has no beginning and no end.', async t => {
  t.deepEqual(await bounds('total', '2024-10-30T12:00Z', 'Asia/Tokyo'), [-Infinity, Infinity] as never)
})

test('What is no period is an error, not an answer.', async t => {
  for (const period of ['hour', 'decade', 'Month', '']) {
    await t.throwsAsync(bounds(period, '2024-10-30T12:00Z', 'UTC'), { message: /is not a period/ }, period)
  }
})

test('A time zone is Area/Location of the IANA list, or UTC, and nothing else that PostgreSQL would take.', async t => {
  const { rows } = await database.admin.query(
    `select name, app_hidden.is_time_zone(name) as answer, (now() at time zone name) is not null as taken
     from unnest($1::text[]) as name`,
    [
      [
        ...['Europe/Berlin', 'America/Argentina/Buenos_Aires', 'America/Port-au-Prince', 'Etc/GMT+12', 'UTC'],
        ...[
          'europe/berlin',
          'CET',
          'CEST',
          'utc',
          'EST5EDT',
          'EST5EDT,M3.2.0,M11.1.0',
          'Foo/Bar5',
          'Etc/GMT+20',
          '+02:00'
        ]
      ]
    ]
  )
  t.true(rows.every(({ taken }) => taken))
  t.deepEqual(
    rows.filter(({ answer }) => answer).map(({ name }) => name),
    ['Europe/Berlin', 'America/Argentina/Buenos_Aires', 'America/Port-au-Prince', 'Etc/GMT+12', 'UTC']
  )
  const others = ['posix/Europe/Berlin', 'right/Europe/Berlin', 'Europe/Nowhere', 'Europe/', '', ' UTC']
  const { rows: refused } = await database.admin.query(
    'select name from unnest($1::text[]) as name where app_hidden.is_time_zone(name)',
    [others]
  )
  t.deepEqual(refused, [])
})
