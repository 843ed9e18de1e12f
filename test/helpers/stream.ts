export interface Stream {
  status: number
  /** What comes next; undefined when the stream has ended. */
  next(): Promise<any>
  close(): void
}

/** A client of GraphQL over SSE; it is open when this returns. */
export async function openStream(url: string, query: string, variables: object, token: string): Promise<Stream> {
  const leaving = new AbortController()
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
      accept: 'text/event-stream'
    },
    body: JSON.stringify({ query, variables }),
    signal: leaving.signal
  })
  const events = read(response.body!)
  return {
    status: response.status,
    next: async () => (await events.next()).value,
    close: () => leaving.abort()
  }
}

async function* read(body: ReadableStream<Uint8Array>): AsyncGenerator<any, undefined> {
  let text = ''
  for await (const chunk of body.pipeThrough(new TextDecoderStream() as any) as any) {
    text += chunk
    const events = text.split('\n\n')
    text = events.pop()!
    for (const event of events) {
      if (event.startsWith('event: complete')) return undefined
      if (event.startsWith('event: next\ndata: ')) yield JSON.parse(event.slice('event: next\ndata: '.length))
    }
  }
  throw new Error('The stream broke off')
}
