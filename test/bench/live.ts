import { alternate, type Bench } from '../helpers/bench.ts'
import { pgbench } from '../helpers/load.ts'
import { found } from '../helpers/organization.ts'
import { personas } from '../helpers/personas.ts'
import { durable } from '../helpers/throwaway.ts'

export default {
  title: 'what it costs to announce that a budget was charged',
  async run(tools) {
    const database = await tools.database({ settings: durable })
    const { asUser, close } = personas(database)
    tools.keep(close)
    const { id, ids } = await found({ admin: database.admin, asUser }, { owner: 'owner' }, 999_999_999)
    const listener = await database.admin.connect()
    tools.keep(async () => listener.release())
    await listener.query(`listen "budgets:${id}"`)

    const load = {
      url: database.url,
      options: {
        'rowgate.organization_id': id,
        'rowgate.user_id': ids.owner,
        'rowgate.open': 'true',
        'rowgate.permissions': '\\ usage:record\\ '
      },
      connections: 64,
      seconds: tools.short ? 1 : 5
    }
    const record = () =>
      pgbench(
        "select app_public.record_usage(gen_random_uuid()::text, 'openai', 'gpt-5', 0.01, 'USD', 1000, 200);",
        load
      )
    const trigger = (text: string) =>
      database.admin.query(`drop trigger if exists announce on app_public.budget_shards; ${text}`)
    const announce = (condition: string) =>
      trigger(
        `create trigger announce before update on app_public.budget_shards for each row
         when ((new.settled <> old.settled or new.held <> old.held) and ${condition})
         execute function app_private.announce_charge()`
      )
    const rates = await alternate(tools, tools.short ? 1 : 5, {
      silent: () => trigger('').then(record),
      // As in db/fixtures/live/announce_budgets.sql.
      rationed: () =>
        announce(`old.announced_at < clock_timestamp() - (old.shard + 1) * interval '250 ms'`).then(record),
      always: () => announce('true').then(record)
    })
    const silent = { what: 'no announcements', rate: rates.silent }
    return [
      {
        title: 'record_usage: one organization, one blocking budget, 64 connections, one that listens',
        rows: [
          silent,
          { what: 'announced as it is', rate: rates.rationed, against: { ...silent, atLeast: 0.9 } },
          { what: 'every charge announced', rate: rates.always, against: silent }
        ]
      }
    ]
  }
} satisfies Bench
