import { GraphQLError } from 'graphql'
import { currentRequest } from '../request.ts'

type Mask = (error: GraphQLError) => GraphQLError

const event = (name: string, data: string) => Buffer.from(`event: ${name}\ndata: ${data}\n\n`)

/**
 * Answers a subscription as server-sent events, in the form of GraphQL over SSE ("distinct connections"); grafserv itself has
 * multipart/mixed only, which no browser reads by itself.
 */
export const streamsPlugin = (mask: Mask): GraphileConfig.Plugin => ({
  name: 'StreamsPlugin',
  grafserv: {
    middleware: {
      async processRequest(next) {
        const result = await next()
        if (result?.type !== 'bufferStream') return result
        const context = currentRequest()
        context.stream?.()
        return {
          ...result,
          headers: { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-store' },
          bufferIterator: asEvents(result.bufferIterator, mask)
        }
      }
    }
  }
})

async function* asEvents(parts: AsyncIterable<Buffer>, mask: Mask): AsyncGenerator<Buffer, void, void> {
  // So that the client hears that it has begun.
  yield Buffer.from(':\n\n')
  try {
    for await (const part of parts) {
      const text = part.toString()
      const data = text.slice(text.indexOf('\r\n\r\n') + 4)
      if (data.startsWith('{')) yield event('next', data)
      const { refusal } = currentRequest()
      if (refusal) break
    }
  } catch (error) {
    const refusal = mask(new GraphQLError('', { originalError: error as Error }))
    yield event('next', JSON.stringify({ errors: [refusal] }))
  }
  yield event('complete', '')
}
