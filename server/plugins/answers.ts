import { GraphQLError, NoSchemaIntrospectionCustomRule } from 'graphql'
import { headersOf, HttpError, problemOf, refusesWholeAnswer, type Problem } from '../errors.ts'
import { currentRequest } from '../request.ts'
import type { Vocabulary } from '../vocabulary.ts'

/**
 * What GraphQL answers when something is refused. The stock mask is not used: the hash in its text lets a client
 * recover PostgreSQL's message offline.
 */
export const maskError =
  (vocabulary: Vocabulary, production: boolean) =>
  (error: GraphQLError): GraphQLError => {
    const { originalError } = error
    const request = currentRequest()
    if (!originalError || originalError instanceof GraphQLError) {
      // graphql-js's own words on a document or a variable; its guesses would spell out a hidden schema.
      const message = production ? error.message.replace(/ Did you mean .*$/s, '') : error.message
      const problem = { ...new HttpError('GRAPHQL_INVALID').problem, message }
      request.problems.push(problem)
      return describe(error, problem)
    }
    let problem = problemOf(originalError, vocabulary)
    if (!problem) {
      request.log.error({ err: originalError, path: error.path }, 'unexpected error')
      problem = { ...new HttpError('INTERNAL').problem, request_id: request.id }
    }
    if (refusesWholeAnswer(originalError, problem)) request.refusal ??= problem
    request.problems.push(problem)
    return describe(error, problem)
  }

/** GraphQL's form of a problem. */
export const asGraphQL = ({ message, ...rest }: Problem) => {
  const { rule } = rest
  // A rule begins with its column; here that is called as in the API.
  const named = typeof rule === 'string' && rule.replace(/^[a-z]+(_[a-z]+)*(?=: )/, name => camelCase(name))
  return { message, extensions: named ? { ...rest, rule: named } : rest }
}

const camelCase = (name: string) => name.replace(/_./g, part => part[1]!.toUpperCase())

function describe(error: GraphQLError, problem: Problem): GraphQLError {
  const { nodes, source, positions, path } = error
  const { message, extensions } = asGraphQL(problem)
  return new GraphQLError(message, { nodes, source, positions, path, extensions })
}

/** A request that was refused before any data answers with that and its HTTP status, and with nothing else. */
export const answersPlugin = (
  mask: (error: GraphQLError) => GraphQLError,
  introspection: boolean
): GraphileConfig.Plugin => ({
  name: 'AnswersPlugin',
  grafserv: {
    middleware: {
      setPreset(next, event) {
        if (!introspection) event.validationRules.push(NoSchemaIntrospectionCustomRule)
        const configure = event.getExecutionConfig
        event.getExecutionConfig = async function (context) {
          const config = await configure.call(this, context)
          // What a document does wrong is told without a pass through the mask otherwise.
          const parseAndValidate: typeof config.parseAndValidate = query => {
            const result = config.parseAndValidate(query)
            return result.errors ? { errors: result.errors.map(mask) } : result
          }
          return { ...config, parseAndValidate }
        }
        return next()
      },
      async processRequest(next) {
        const result = await next()
        const { refusal } = currentRequest()
        if (!refusal) return result
        const body = Buffer.from(JSON.stringify({ errors: [asGraphQL(refusal)] }))
        return {
          type: 'buffer',
          statusCode: refusal.status,
          headers: {
            ...headersOf(refusal),
            'content-type': 'application/json; charset=utf-8',
            'content-length': String(body.length)
          },
          buffer: body
        }
      }
    }
  }
})
