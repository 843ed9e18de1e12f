import { constant, lambda, SafeError } from 'postgraphile/grafast'
import { page } from '../cost.ts'

const { usual, most } = page

type List = { first?: number | null; last?: number | null }

/** What `first` becomes. Throws for more than may be asked for; `last` alone needs no first. */
function pageSize({ first, last }: List): number | null {
  for (const [name, value] of Object.entries({ first, last })) {
    if (value != null && value > most) throw new SafeError(`${name}: at most ${most}.`)
  }
  return first ?? (last == null ? usual : null)
}

/**
 * Lists have a page size of their own: a relation inside a relation would otherwise multiply without end. It is set where the
 * list is planned, because an argument that is left out is never asked.
 */
export const pageSizePlugin: GraphileConfig.Plugin = {
  name: 'PageSizePlugin',
  schema: {
    hooks: {
      GraphQLObjectType_fields_field_args: {
        after: ['PgFirstLastBeforeAfterArgsPlugin'],
        callback(args, _build, { scope }) {
          const { first } = args
          if (!isList(scope) || !first) return args
          return {
            ...args,
            first: {
              ...first,
              description: `Only read the first \`n\` values of the set; ${usual} unless told, at most ${most}.`,
              applyPlan: () => {}
            }
          }
        }
      },
      GraphQLObjectType_fields_field(field, _build, { scope }) {
        const { plan } = field
        if (!isList(scope) || !plan) return field
        return {
          ...field,
          plan(...parameters: Parameters<typeof plan>) {
            const $list: any = plan.apply(this, parameters)
            const [, args] = parameters
            if ($list && 'setFirst' in $list) {
              // A function's list has no last.
              const asked = [args.getRaw('first'), args.getRaw('last') ?? constant(undefined)] as const
              $list.setFirst(lambda(asked, ([first, last]) => pageSize({ first, last })))
            }
            return $list
          }
        }
      }
    }
  }
}

const isList = (scope: object): boolean => {
  const { isPgFieldConnection, isPgFieldSimpleCollection } = scope as Record<string, boolean | undefined>
  return Boolean(isPgFieldConnection || isPgFieldSimpleCollection)
}
