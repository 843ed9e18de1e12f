import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import express from 'express'
import knex, { type Knex } from 'knex'
import type { Throwaway } from './throwaway.ts'

// What a careful team writes by hand: the same promises in one strict transaction, with the budget in one row.
export const rivalTables = `
  create schema rival;
  create table rival.keys (hash bytea primary key, organization_id uuid not null, active boolean not null default true);
  create table rival.budgets (organization_id uuid primary key, spent numeric not null default 0, most numeric not null);
  create table rival.prices (service text, model text, token_in numeric not null, token_out numeric not null,
    primary key (service, model));
  create table rival.usage (id uuid primary key default gen_random_uuid(), organization_id uuid not null, key text not null,
    service text not null, model text not null, tokens_in bigint not null, tokens_out bigint not null, cost numeric not null,
    at timestamptz not null default now(), unique (organization_id, key));
  create index on rival.usage (organization_id, at);
  insert into rival.prices values ('openai', 'gpt-5', 0.00000125, 0.00001)`

export function rival(db: Knex) {
  const app = express().use(express.json())
  app.post('/usage', async (request, response) => {
    const { idempotency_key: key, service, model, tokens_in, tokens_out } = request.body
    const hash = createHash('sha256').update(request.get('authorization')!.replace('Bearer ', '')).digest()
    const answer = await db.transaction(async trx => {
      const caller = await trx('rival.keys').where({ hash, active: true }).first()
      if (!caller) return { status: 401 }
      const price = await trx('rival.prices').where({ service, model }).first()
      if (!price) return { status: 422 }
      const cost = trx.raw('?::numeric * ? + ?::numeric * ?', [price.token_in, tokens_in, price.token_out, tokens_out])
      const owner = { organization_id: caller.organization_id }
      const [usage] = await trx('rival.usage')
        .insert({ ...owner, key, service, model, tokens_in, tokens_out, cost })
        .onConflict(['organization_id', 'key'])
        .ignore()
        .returning('*')
      if (!usage)
        return {
          status: 200,
          body: await trx('rival.usage')
            .where({ ...owner, key })
            .first()
        }
      const charged = await trx('rival.budgets')
        .where(owner)
        .whereRaw('spent + ? <= most', [usage.cost])
        .update({ spent: trx.raw('spent + ?', [usage.cost]) })
      if (charged === 0) throw new Error('above the budget')
      return { status: 200, body: usage }
    })
    response.status(answer.status).json(answer.body ?? {})
  })
  return app
}

/** Starts it in a process of its own; answers its address. */
export async function startRival(
  { keep }: Pick<Throwaway, 'keep'>,
  databaseUrl: string,
  pool: number
): Promise<string> {
  const child = spawn(process.execPath, [import.meta.filename, databaseUrl, String(pool)], {
    env: { ...process.env, NODE_ENV: 'production' },
    stdio: ['ignore', 'pipe', 'inherit']
  })
  keep(async () => {
    const ended = once(child, 'exit')
    child.kill('SIGKILL')
    await ended
  })
  const [port] = await once(child.stdout, 'data')
  return `http://127.0.0.1:${Number(port)}`
}

if (import.meta.main) {
  const [, , connection, pool] = process.argv
  const db = knex({ client: 'pg', connection: connection!, pool: { min: 0, max: Number(pool) } })
  const server = rival(db).listen(0, '127.0.0.1', () => console.log((server.address() as { port: number }).port))
}
