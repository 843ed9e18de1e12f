import { Kind, parse, type DocumentNode, type FragmentDefinitionNode, type SelectionSetNode } from 'graphql'
import { HttpError } from './errors.ts'

// What one document may ask for. Counted with fragments written out, because that is what validating and planning it costs:
// 1 kB of them can stand for a million fields. Introspection by the usual tools is 13 deep.
const most = { tokens: 20_000, fields: 1000, depth: 20, mutations: 10 }

interface Size {
  fields: number
  depth: number
  /** Fields at the top, where each mutation is a transaction of its own. */
  top: number
}
const nothing: Size = { fields: 0, depth: 0, top: 0 }

// Clients send the same few documents over and over; the oldest is forgotten first.
const passed = new Set<string>()
const mostPassed = 500

/**
 * Throws QUERY_TOO_COMPLEX, in time proportional to the text. A document that is not even GraphQL passes: what is wrong with
 * it is told by whoever parses it next.
 */
export function assertModest(query: string): void {
  if (passed.has(query)) return
  const document = read(query)
  if (!document) return
  const measure = measurer(document)
  for (const node of document.definitions) {
    if (node.kind !== Kind.OPERATION_DEFINITION) continue
    const { fields, depth, top } = measure(node.selectionSet)
    if (fields > most.fields) refuse(`at most ${most.fields} fields, with fragments written out`)
    if (depth > most.depth) refuse(`at most ${most.depth} levels`)
    if (node.operation === 'mutation' && top > most.mutations)
      refuse(`at most ${most.mutations} mutations in one document`)
  }
  if (query.length > 10_000) return
  passed.add(query)
  if (passed.size > mostPassed) passed.delete(passed.values().next().value!)
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
      sum.depth = Math.max(sum.depth, own + inner.depth)
      sum.top += own || inner.top
    }
    return sum
  }
  return measure
}
