import { Kind } from 'graphql'

const exact = new Set(['BigInt', 'BigFloat'])

/**
 * Lets `cost: 0.02` be written as a number in a document, not only as a string: the literal's own text goes to
 * PostgreSQL, so not a digit is lost on the way.
 */
export const scalarsPlugin: GraphileConfig.Plugin = {
  name: 'ScalarsPlugin',
  schema: {
    hooks: {
      GraphQLScalarType(config) {
        const { parseLiteral } = config
        if (!exact.has(config.name) || !parseLiteral) return config
        return {
          ...config,
          parseLiteral: (node, variables) =>
            node.kind === Kind.INT || node.kind === Kind.FLOAT ? node.value : parseLiteral(node, variables)
        }
      }
    }
  }
}
