import test from 'ava'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { registerHooks } from 'node:module'
import type { AddressInfo } from 'node:net'
import { startApi } from '../helpers/api.ts'

// A receiver of OTLP over HTTP, with JSON as its form.
const paths = new Set<string>()
const spans: Record<string, any>[] = []
const receiver = createServer(async (request, response) => {
  paths.add(request.url!)
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  for (const { resource, scopeSpans } of JSON.parse(Buffer.concat(chunks).toString()).resourceSpans) {
    const service = resource.attributes.find(({ key }: any) => key === 'service.name').value.stringValue
    for (const scope of scopeSpans) spans.push(...scope.spans.map((span: any) => ({ ...span, service })))
  }
  response.writeHead(200, { 'content-type': 'application/json' }).end('{}')
})

const loaded: string[] = []
registerHooks({
  resolve(specifier, context, next) {
    loaded.push(specifier)
    return next(specifier, context)
  }
})
const loadsTelemetry = () => loaded.some(specifier => specifier.startsWith('@opentelemetry/'))

test.before(async () => {
  await once(receiver.listen(0, '127.0.0.1'), 'listening')
  process.env['OTEL_EXPORTER_OTLP_ENDPOINT'] = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}`
  process.env['OTEL_EXPORTER_OTLP_PROTOCOL'] = 'http/json'
})
test.after.always(() => void receiver.close())

test.serial('without an endpoint nothing of OpenTelemetry is loaded or sent', async t => {
  const api = await startApi()
  t.is((await api.graphql('{ __typename }')).status, 200)
  await api.close()
  t.true(loaded.length > 0, 'the control: what is loaded later is seen')
  t.false(loadsTelemetry())
  t.is(paths.size, 0)
})

test.serial('with an endpoint each request is a span with its statements, in the trace of the client', async t => {
  const api = await startApi({ tracesAs: 'rowgate test' })
  t.true(loadsTelemetry())
  const token = await api.join('traced')
  await api.graphql('mutation { createOrganization(input: { name: "T", slug: "traced" }) { result { id } } }', {
    token
  })
  const id = '4bf92f3577b34da6a3ce929d0e0e4736'
  const parent = '00f067aa0ba902b7'
  const ask = (query: string, trace: string) =>
    fetch(`${api.url}/graphql`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${token}`,
        traceparent: `00-${trace}-${parent}-01`
      },
      body: JSON.stringify({ query })
    })
  const { headers } = await ask('query Overview { organizations { nodes { name } } }', id)
  await api.database.admin.query(
    `create or replace function app_public.my_permissions() returns text[] language plpgsql stable set search_path = ''
     as $$ begin raise exception 'broken on purpose'; end $$`
  )
  const failing = id.replace(/^4/, '5')
  await ask('query Broken { myPermissions }', failing)
  await fetch(`${api.url}/healthz?token=${token}`)
  // Stopping sends what is left.
  await api.close()

  const of = (trace: string) => spans.filter(({ traceId }) => traceId === trace)
  const [request] = of(id).filter(({ parentSpanId }) => parentSpanId === parent)
  t.like(request, { name: 'GraphQL Overview', service: 'rowgate test', kind: 2 })
  t.is(headers.get('traceparent'), `00-${id}-${request!['spanId']}-01`)
  t.like(
    of(id).filter(({ parentSpanId }) => parentSpanId === request!['spanId']),
    [{ name: 'PostgreSQL', kind: 3 }]
  )
  const attributes = Object.fromEntries(
    request!['attributes'].map(({ key, value }: any) => [key, Object.values(value)[0]])
  )
  t.like(attributes, { 'rowgate.caller': 'person', 'http.response.status_code': 200 })
  t.is(attributes['rowgate.request'], headers.get('x-request-id'))
  t.regex(String(attributes['rowgate.tenant']), /^[0-9a-f-]{36}$/)
  t.is(api.logs.find(({ trace }) => trace === id)!['span'], request!['spanId'])
  t.deepEqual(
    of(failing).map(({ status }) => status.code),
    [2, 2],
    'both the request and its statement failed'
  )
  t.deepEqual([...paths], ['/v1/traces'], 'traces only')
  t.true(spans.some(({ name }) => name === 'GET /healthz'))
  t.false(JSON.stringify(spans).includes(token), 'and no secret')
})
