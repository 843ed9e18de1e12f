import { alternate, type Bench } from '../helpers/bench.ts'
import { pgbench } from '../helpers/load.ts'
import { found } from '../helpers/organization.ts'
import { personas } from '../helpers/personas.ts'
import { durable } from '../helpers/throwaway.ts'

export default {
  title: 'recording usage against a bare insert of the same row',
  async run(tools) {
    const database = await tools.database({ settings: durable })
    const { asUser, close } = personas(database)
    tools.keep(close)
    const { id, ids } = await found({ admin: database.admin, asUser }, { owner: 'owner' }, 999_999_999)

    const load = {
      url: database.url,
      options: { 'rowgate.organization_id': id, 'rowgate.user_id': ids.owner },
      connections: 64,
      seconds: tools.short ? 1 : 10
    }
    const rates = await alternate(tools, tools.short ? 1 : 5, {
      insert: () =>
        pgbench(
          `insert into app_public.usage_records (organization_id, user_id, service, model, tokens_in, tokens_out, cost, currency)
           values ('${id}', '${ids.owner}', 'openai', 'gpt-5', 1000, 200, 0.01, 'USD');`.replaceAll('\n', ' '),
          load
        ),
      record: () =>
        pgbench(
          "select app_public.record_usage(gen_random_uuid()::text, 'openai', 'gpt-5', 0.01, 'USD', 1000, 200);",
          load
        )
    })
    return [
      {
        title: 'One organization, one blocking budget, 64 connections',
        rows: [
          { what: 'bare insert', rate: rates.insert },
          {
            what: 'record_usage',
            rate: rates.record,
            against: { what: 'bare insert', rate: rates.insert, atLeast: 0.5 }
          }
        ]
      }
    ]
  }
} satisfies Bench
