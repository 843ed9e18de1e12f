import test from 'ava'
import type { ExecutionContext } from 'ava'
import type pg from 'pg'
import { createPool, flight } from '../../server/pg.ts'
import type { Opening, PoolOptions, Statement } from '../../server/pg.ts'
import { startProxy } from './proxy.ts'
import { startScratch } from './scratch.ts'
import type { Scratch } from './scratch.ts'

// What the tests of server/pg.ts share: each file that imports this has a Postgres of its own.

export const login = 'rowgate_authenticator'
export let scratch: Scratch

test.before(async () => {
  scratch = await startScratch()
  await scratch.sql(`
    create role ${login} login noinherit password 'secret';
    create role rowgate_user;
    create role rowgate_key;
    grant rowgate_user, rowgate_key to ${login};
    revoke execute on function pg_catalog.set_config(text, text, boolean) from public;
    grant execute on function pg_catalog.set_config(text, text, boolean) to ${login};

    create schema app_hidden;
    create function app_hidden.resolve_request(who text) returns text language plpgsql security definer as $$
    begin
      raise notice 'resolving %', who;
      if who = 'nobody' then
        raise exception 'SESSION_ENDED' using errcode = 'RG401', detail = '{"sid":"s1"}', hint = 'sign in';
      end if;
      return set_config('rowgate.user_id', who, true);
    end $$;
    create function app_hidden.who() returns text language sql stable as $$ select current_setting('rowgate.user_id', true) $$;
    create function app_hidden.authorize_request() returns text language sql stable as $$ select app_hidden.who() $$;
    grant usage on schema app_hidden to ${login}, rowgate_user, rowgate_key;

    create table public.notes (id int generated always as identity, owner text not null default app_hidden.who(), body text not null);
    alter table public.notes enable row level security;
    create policy own on public.notes to rowgate_user, rowgate_key using (owner = app_hidden.who());
    grant select, insert on public.notes to rowgate_user, rowgate_key;
    create table public.late (id int unique deferrable initially deferred);
    grant select, insert on public.late to rowgate_user;

    create function public.warn(text) returns text language plpgsql as $$
    begin raise notice 'note %', $1 using hint = 'a hint'; return $1; end $$;
    create function public.stay_somebody_else() returns text language plpgsql as $$
    begin execute 'set role rowgate_key'; execute 'set search_path = nowhere'; set rowgate.left_behind = 'yes'; return current_user; end $$;
  `)
})

test.after.always(() => scratch?.stop())

export const resolve = (who: string): Statement => ({
  text: 'select app_hidden.resolve_request($1)',
  values: [who],
  name: 'resolve'
})

export function person(who: string): Opening {
  return { statements: [resolve(who), { text: 'set local role rowgate_user', name: 'role' }] }
}

export function key(who: string): Opening {
  return {
    statements: [
      resolve(who),
      { text: 'set local role rowgate_key', name: 'role' },
      { text: 'select app_hidden.authorize_request()', name: 'authorize' },
      { text: "set local lock_timeout = '1s'", name: 'lock' }
    ]
  }
}

export const insert = (body: string): Statement => ({
  text: 'insert into notes (body) values ($1) returning body',
  values: [body],
  name: 'insert'
})
export const notes: Statement = {
  text: 'select body, current_user::text as role from notes order by id',
  name: 'notes'
}
export const ping: Statement = { text: 'select pg_backend_pid() as pid, current_user::text as role' }

/** Each test has a database user's view of its own: a proxy, a pool through it, and a name that nobody else uses. */
export async function setUp(t: ExecutionContext, options: Partial<PoolOptions> = {}) {
  const proxy = await startProxy(scratch.urlAs(login, 'secret'))
  const lost: Error[] = []
  const pool = createPool({ connectionString: proxy.url, max: 1, onLost: error => lost.push(error), ...options })
  t.teardown(async () => {
    await pool.end()
    await proxy.stop()
  })
  const who = t.title
  return {
    proxy,
    pool,
    lost,
    who,
    async flightsOf<T>(task: () => Promise<T>): Promise<[number, T]> {
      const before = proxy.flights()
      const value = await task()
      return [proxy.flights() - before, value]
    },
    bodies: async () =>
      (await scratch.sql('select body from notes where owner = $1 order by id', [who])).map(({ body }) => body),
    pid: async () => (await flight(pool, person(who), ping)).rows[0].pid as number
  }
}

/** What a look from outside finds on the pool's only connection. */
export async function look(pool: pg.Pool, text: string): Promise<any[]> {
  const client = await pool.connect()
  try {
    return (await client.query(text)).rows
  } finally {
    client.release()
  }
}

export const session = `
  select current_user::text as role, current_setting('search_path') as path,
    nullif(current_setting('rowgate.user_id', true), '') as claim, nullif(current_setting('rowgate.left_behind', true), '') as left,
    pg_backend_pid() as pid`

/** Replaces in what the clients send, keeping the length that the message announced. */
export function replacing(from: string, to: string): (chunk: Buffer) => Buffer {
  if (from.length !== to.length) throw new RangeError('Another length would break the protocol')
  return chunk => Buffer.from(chunk.toString('latin1').replaceAll(`\0${from}\0`, `\0${to}\0`), 'latin1')
}
