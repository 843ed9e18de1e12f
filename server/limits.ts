import { Kind, parse, type DocumentNode, type FragmentDefinitionNode, type SelectionSetNode } from 'graphql'
import { costOf, type Request } from './cost.ts'
import { HttpError } from './errors.ts'

// What one document may ask for. Counted with fragments written out, because that is what validating and planning it costs:
// 1 kB of them can stand for a million fields. Introspection by the usual tools is 13 deep.
const most = { tokens: 20_000, fields: 1000, depth: 20, aliases: 100, directives: 100, mutations: 10, cost: 500_000 }
/** What one point of a rate limit pays for. */
const pointCost = 5000

interface Size {
  fields: number
  depth: number
  aliases: number
  directives: number
  /** Fields at the top, where each mutation is a transaction of its own. */
  top: number
}
const nothing: Size = { fields: 0, depth: 0, aliases: 0, directives: 0, top: 0 }

// Clients send the same few documents over and over; the oldest is forgotten first.
const passed = new Map<string, DocumentNode>()
const mostPassed = 500

/**
 * How many points of a rate limit the request takes. Throws QUERY_TOO_COMPLEX, in time proportional to the text. A document
 * that is not even GraphQL passes: what is wrong with it is told by whoever parses it next.
 */
export function assertModest(request: Request & { query: string }): number {
  const document = passed.get(request.query) ?? measured(request.query)
  if (!document) return 1
  const { cost, mutations } = costOf(document, request)
  if (cost > most.cost) {
    refuse(
      `at most a cost of ${most.cost}, which is rows × level of every list; this is ${cost}: ask for less with "first"`
    )
  }
  return Math.max(1, mutations, Math.ceil(cost / pointCost))
}

/** The document, if it stands for no more than one may. */
function measured(query: string): DocumentNode | undefined {
  const document = read(query)
  if (!document) return undefined
  const measure = measurer(document)
  for (const node of document.definitions) {
    if (node.kind !== Kind.OPERATION_DEFINITION) continue
    const { fields, depth, aliases, directives, top } = measure(node.selectionSet)
    if (fields > most.fields) refuse(`at most ${most.fields} fields, with fragments written out`)
    if (depth > most.depth) refuse(`at most ${most.depth} levels`)
    if (aliases > most.aliases) refuse(`at most ${most.aliases} aliases, with fragments written out`)
    if (directives + (node.directives?.length ?? 0) > most.directives)
      refuse(`at most ${most.directives} directives, with fragments written out`)
    if (node.operation === 'mutation' && top > most.mutations)
      refuse(`at most ${most.mutations} mutations in one document`)
  }
  if (query.length <= 10_000) {
    passed.set(query, document)
    if (passed.size > mostPassed) passed.delete(passed.keys().next().value!)
  }
  return document
}

function refuse(rule: string): never {
  throw new HttpError('QUERY_TOO_COMPLEX', { rule })
}

function read(query: string): DocumentNode | undefined {
  try {
    return parse(query, { noLocation: true, maxTokens: most.tokens })
  } catch (error) {
    // The parser calls itself for each level.
    if (error instanceof RangeError) refuse(`at most ${most.depth} levels`)
    if (/more that \d+ tokens/.test((error as Error).message)) refuse(`at most ${most.tokens} tokens`)
    return undefined
  }
}

/** Each fragment is measured once, however often it is used; one that uses itself is left to validation. */
function measurer({ definitions }: DocumentNode): (selections: SelectionSetNode) => Size {
  const fragments = new Map<string, FragmentDefinitionNode>()
  for (const node of definitions) if (node.kind === Kind.FRAGMENT_DEFINITION) fragments.set(node.name.value, node)
  const known = new Map<string, Size>()

  const measureFragment = (name: string): Size => {
    const fragment = fragments.get(name)
    if (!fragment) return nothing
    if (!known.has(name)) {
      known.set(name, nothing)
      known.set(name, measure(fragment.selectionSet))
    }
    return known.get(name)!
  }
  const measure = ({ selections }: SelectionSetNode): Size => {
    const sum = { ...nothing }
    for (const node of selections) {
      const own = node.kind === Kind.FIELD ? 1 : 0
      const inner =
        node.kind === Kind.FRAGMENT_SPREAD
          ? measureFragment(node.name.value)
          : node.selectionSet
            ? measure(node.selectionSet)
            : nothing
      sum.fields += own + inner.fields
      sum.aliases += (node.kind === Kind.FIELD && node.alias ? 1 : 0) + inner.aliases
      sum.directives += (node.directives?.length ?? 0) + inner.directives
      sum.depth = Math.max(sum.depth, own + inner.depth)
      sum.top += own || inner.top
    }
    return sum
  }
  return measure
}
