import {
  Kind,
  type ArgumentNode,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type OperationDefinitionNode,
  type SelectionSetNode
} from 'graphql'

/** Rows of a list when a client does not say how many, and the most that it may ask for at once. */
export const page = { usual: 100, most: 1000 }

export interface Request {
  operationName?: string | null
  variables?: Record<string, unknown> | null
}

/**
 * What a request costs at most: for each list its rows, with those of the lists around it multiplied, times its level among
 * lists. A list is what is asked for `nodes` or `edges`; all lists of this API are. And how many mutations it makes.
 */
export function costOf(
  document: DocumentNode,
  { operationName, variables }: Request
): { cost: number; mutations: number } {
  const fragments = new Map<string, FragmentDefinitionNode>()
  const operations: OperationDefinitionNode[] = []
  for (const node of document.definitions) {
    if (node.kind === Kind.FRAGMENT_DEFINITION) fragments.set(node.name.value, node)
    if (node.kind === Kind.OPERATION_DEFINITION) operations.push(node)
  }
  const operation = operationName ? operations.find(({ name }) => name?.value === operationName) : operations[0]
  if (!operation) return { cost: 0, mutations: 0 }

  const sizeOf = ({ arguments: given = [] }: FieldNode): number => {
    const size = number('first', given) ?? number('last', given) ?? page.usual
    return Math.min(Math.max(size, 0), page.most)
  }
  const number = (name: string, given: readonly ArgumentNode[]): number | undefined => {
    const value = given.find(argument => argument.name.value === name)?.value
    if (value?.kind === Kind.INT) return Number(value.value)
    if (value?.kind !== Kind.VARIABLE) return undefined
    const definition = operation.variableDefinitions?.find(({ variable }) => variable.name.value === value.name.value)
    const fallback = definition?.defaultValue
    const sent = variables?.[value.name.value]
    if (typeof sent === 'number') return sent
    return sent === undefined && fallback?.kind === Kind.INT ? Number(fallback.value) : undefined
  }

  /** All fields at this place, whatever fragments they stand in; each fragment once. */
  const fieldsOf = ({ selections }: SelectionSetNode, seen = new Set<string>()): FieldNode[] =>
    selections.flatMap(node => {
      if (node.kind === Kind.FIELD) return [node]
      if (node.kind === Kind.INLINE_FRAGMENT) return fieldsOf(node.selectionSet, seen)
      const fragment = fragments.get(node.name.value)
      if (!fragment || seen.has(node.name.value)) return []
      seen.add(node.name.value)
      return fieldsOf(fragment.selectionSet, seen)
    })
  // Each selection is worked out once for each level, however often fragments bring it in; a circle is left to validation.
  const known = new Map<SelectionSetNode, Map<number, number>>()
  /** What one row costs of which this is asked. */
  const costAt = (selection: SelectionSetNode, level: number): number => {
    const levels = known.get(selection) ?? new Map<number, number>()
    known.set(selection, levels)
    const before = levels.get(level)
    if (before !== undefined) return before
    levels.set(level, 0)
    let sum = 0
    for (const field of fieldsOf(selection)) {
      if (!field.selectionSet) continue
      const isList = fieldsOf(field.selectionSet).some(({ name }) => name.value === 'nodes' || name.value === 'edges')
      sum += isList
        ? sizeOf(field) * (level + costAt(field.selectionSet, level + 1))
        : costAt(field.selectionSet, level)
    }
    levels.set(level, sum)
    return sum
  }
  return {
    cost: costAt(operation.selectionSet, 1),
    mutations: operation.operation === 'mutation' ? fieldsOf(operation.selectionSet).length : 0
  }
}
