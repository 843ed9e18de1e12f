import type pg from 'pg'
import 'postgraphile'
import 'postgraphile/grafserv/express/v4'
import { PostGraphileAmberPreset } from 'postgraphile/presets/amber'
import { PgSimplifyInflectionPreset } from '@graphile/simplify-inflection'
import { PostGraphileConnectionFilterPreset } from 'postgraphile-plugin-connection-filter'
import { makePgService } from './pg.ts'
import type { BudgetWatch } from './live.ts'
import { answersPlugin, maskError } from './plugins/answers.ts'
import { livePlugin } from './plugins/live.ts'
import { namesPlugin } from './plugins/names.ts'
import { pageSizePlugin } from './plugins/page_size.ts'
import { registerPlugin } from './plugins/register.ts'
import { scalarsPlugin } from './plugins/scalars.ts'
import { streamsPlugin } from './plugins/streams.ts'
import { currentRequest, findRequest } from './request.ts'
import type { Vocabulary } from './vocabulary.ts'

export interface PresetOptions {
  pool: pg.Pool
  watch: BudgetWatch
  vocabulary: Vocabulary
  production: boolean
  /** Whether clients may ask for the schema. */
  introspection: boolean
}

/** What PostGraphile makes of the schema app_public: everything that some request role has a grant on, and nothing else. */
export function makePreset({
  pool,
  watch,
  vocabulary,
  production,
  introspection
}: PresetOptions): GraphileConfig.Preset {
  const maskErrors = maskError(vocabulary, production)
  return {
    extends: [PostGraphileAmberPreset, PgSimplifyInflectionPreset, PostGraphileConnectionFilterPreset],
    disablePlugins: [
      // A filter says all that a condition can.
      'PgConditionArgumentPlugin',
      'PgConditionCustomFieldsPlugin',
      // Filters ask for what an index can answer: no joins, no functions, no or.
      'PgConnectionArgFilterBackwardRelationsPlugin',
      'PgConnectionArgFilterForwardRelationsPlugin',
      'PgConnectionArgFilterComputedAttributesPlugin',
      'PgConnectionArgFilterRecordFunctionsPlugin',
      'PgConnectionArgFilterLogicalOperatorsPlugin'
    ],
    plugins: [
      namesPlugin,
      scalarsPlugin,
      pageSizePlugin,
      registerPlugin(pool),
      livePlugin(watch),
      streamsPlugin(maskErrors),
      answersPlugin(maskErrors, introspection)
    ],
    pgServices: [
      makePgService({
        pool,
        schemas: ['app_public'],
        // server/live.ts listens.
        pubsub: false,
        opening: () => currentRequest().opening,
        onStatement: () => findRequest()?.trace.part('PostgreSQL') ?? (() => {})
      })
    ],
    schema: {
      // Rows are written by verbs, which say why they refuse and keep several rows consistent.
      defaultBehavior: '-insert -update -delete',
      // No patterns either.
      connectionFilterAllowedOperators: [
        'isNull',
        'equalTo',
        'notEqualTo',
        'in',
        'lessThan',
        'lessThanOrEqualTo',
        'greaterThan',
        'greaterThanOrEqualTo'
      ],
      connectionFilterArrays: false
    },
    gather: {
      // The same API whatever the search_path of the login.
      pgIdentifiers: 'qualified',
      // What has no default has to be given, and the schema says so.
      pgStrictFunctions: true
    },
    grafserv: {
      graphqlPath: '/graphql',
      graphiql: !production,
      graphiqlPath: '/',
      graphiqlOnGraphQLGET: false,
      maxRequestLength: 1_000_000,
      maskError: maskErrors
    },
    grafast: { explain: false }
  }
}
