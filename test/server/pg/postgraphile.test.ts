import test from 'ava'
import { grafast } from 'grafast'
import type { ExecutionResult, GraphQLObjectType } from 'graphql'
import { makeSchema } from 'postgraphile'
import { PostGraphileAmberPreset } from 'postgraphile/presets/amber'
import { flight, makePgService, OpeningRefused } from '../../../server/pg.ts'
import type { Opening } from '../../../server/pg.ts'
import { person, scratch, setUp } from '../../helpers/pg.ts'

test('subscriptions hear what is notified on their topic', async t => {
  const { pool, who } = await setUp(t, { max: 2 })
  const service = makePgService({ pool, schemas: ['public'] })
  const events = (service.pgSubscriber as any).subscribe('told') as AsyncIterableIterator<string>
  const listening = "select from pg_stat_activity where query like 'LISTEN%told%' and state = 'idle'"
  while ((await scratch.sql(listening)).length === 0);
  await scratch.sql("notify other, 'not this'; notify told, 'first'")
  await flight(pool, person(who), { text: "select pg_notify('told', 'second')" })
  t.deepEqual([(await events.next()).value, (await events.next()).value], ['first', 'second'])
  await service.release?.()
  t.true((await events.next()).done)
})

test('PostGraphile needs one flight for a document with one root field, query or mutation', async t => {
  await scratch.sql(`
    create schema app_public;
    create table app_public.memos (id int primary key generated always as identity, owner text not null default app_hidden.who(), body text not null, secret text);
    create table app_public.memo_lines (id int primary key generated always as identity, memo_id int not null references app_public.memos, body text not null);
    create index on app_public.memo_lines (memo_id);
    alter table app_public.memos enable row level security;
    create policy own on app_public.memos to rowgate_user using (owner = app_hidden.who());
    create function app_public.write_memo(body text) returns app_public.memos language plpgsql volatile as $$
    declare memo app_public.memos;
    begin
      if write_memo.body = '' then raise exception 'MEMO_EMPTY' using errcode = 'RG422'; end if;
      insert into app_public.memos (body) values (write_memo.body) returning id, memos.owner, memos.body into memo.id, memo.owner, memo.body;
      insert into app_public.memo_lines (memo_id, body) values (memo.id, 'first line');
      return memo;
    end $$;
    create function app_public.of_keys() returns int language sql as 'select 1';
    revoke execute on function app_public.of_keys() from public;
    grant execute on function app_public.of_keys() to rowgate_key;
    create function app_public.not_granted() returns int language sql as 'select 1';
    revoke execute on function app_public.not_granted() from public;
    grant usage on schema app_public to rowgate_user;
    grant select (id, owner, body), insert (body) on app_public.memos to rowgate_user;
    grant select, insert on app_public.memo_lines to rowgate_user;
  `)
  const { pool, proxy, flightsOf, who } = await setUp(t)
  const service = makePgService({
    pool,
    schemas: ['app_public'],
    pubsub: false,
    opening: context => (context as { opening: Opening }).opening
  })
  const { schema, resolvedPreset } = await makeSchema({ extends: [PostGraphileAmberPreset], pgServices: [service] })

  // Rights are those of the request roles: what none of them is granted is not in the API.
  const fields = schema.getType('Memo') as GraphQLObjectType
  t.deepEqual(
    Object.keys(fields.getFields()).filter(name => ['owner', 'body', 'secret'].includes(name)),
    ['owner', 'body']
  )
  t.false('notGranted' in schema.getMutationType()!.getFields())
  t.true('ofKeys' in schema.getMutationType()!.getFields())
  t.true('writeMemo' in schema.getMutationType()!.getFields())

  const run = (source: string, opening: Opening | undefined, variableValues = {}) =>
    flightsOf(
      async () =>
        (await grafast({
          schema,
          resolvedPreset,
          source,
          variableValues,
          requestContext: { opening } as object
        })) as ExecutionResult
    )
  const write = 'mutation ($body: String!) { writeMemo(input: { body: $body }) { result { body owner } } }'
  const read = 'query ($n: Int) { allMemos(first: $n) { nodes { body memoLinesByMemoId { nodes { body } } } } }'

  const sent: string[] = []
  proxy.rewrite(chunk => {
    sent.push(chunk.toString('latin1'))
    return chunk
  })
  for (const body of ['one', 'two']) {
    const [count, { data, errors }] = await run(write, person(who), { body })
    t.is(errors, undefined)
    t.deepEqual(JSON.parse(JSON.stringify(data)).writeMemo.result, { body, owner: who })
    t.is(count, 1)
  }
  t.is(sent.filter(chunk => /write_memo/.test(chunk)).length, 1, 'a mutation is parsed once as well')
  for (const n of [1, 2]) {
    const [count, { data, errors }] = await run(read, person(who), { n })
    t.is(errors, undefined)
    t.is(JSON.parse(JSON.stringify(data)).allMemos.nodes.length, n)
    t.is(count, 1)
  }

  // What PostGraphile plans as several statements is several flights: a total, and relations of what a mutation answered.
  t.is((await run('{ allMemos { totalCount nodes { body } } }', person(who)))[0], 2)
  const [two, { data }] = await run(write.replace('owner', 'memoLinesByMemoId { nodes { body } }'), person(who), {
    body: 'three'
  })
  t.deepEqual(JSON.parse(JSON.stringify(data)).writeMemo.result, {
    body: 'three',
    memoLinesByMemoId: { nodes: [{ body: 'first line' }] }
  })
  t.is(two, 2)

  const [, stranger] = await run(read, person('a stranger'), { n: 5 })
  t.like(JSON.parse(JSON.stringify(stranger.data)).allMemos, { nodes: [] })
  const [, raised] = await run(write, person(who), { body: '' })
  t.like(raised.errors![0]!.originalError, { code: 'RG422', message: 'MEMO_EMPTY' })
  const [, refused] = await run(read, person('nobody'))
  t.true(refused.errors![0]!.originalError instanceof OpeningRefused)
  const [count, without] = await run(read, undefined)
  t.regex(without.errors![0]!.message, /Opening/)
  t.is(count, 0)
})
