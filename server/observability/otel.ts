import { ROOT_CONTEXT, SpanKind, SpanStatusCode, TraceFlags, propagation, trace } from '@opentelemetry/api'
import { NodeSDK } from '@opentelemetry/sdk-node'
import type { BeginTrace } from './trace.ts'

// Loaded only where OTEL_EXPORTER_OTLP_ENDPOINT is set, because it is large. The SDK reads all other OTEL_* variables.

export interface Tracing {
  begin: BeginTrace
  /** Sends what is still to be sent. */
  stop(): Promise<void>
}

export function startTracing(serviceName: string): Tracing {
  const sdk = new NodeSDK({ serviceName, instrumentations: [], autoDetectResources: false })
  sdk.start()
  const tracer = trace.getTracer('rowgate')
  return {
    begin(header) {
      const parent = propagation.extract(ROOT_CONTEXT, header === undefined ? {} : { traceparent: header })
      const span = tracer.startSpan('request', { kind: SpanKind.SERVER }, parent)
      const { traceId, spanId, traceFlags } = span.spanContext()
      const own = trace.setSpan(parent, span)
      return {
        id: traceId,
        span: spanId,
        traceparent: `00-${traceId}-${spanId}-${traceFlags & TraceFlags.SAMPLED ? '01' : '00'}`,
        part(name) {
          const part = tracer.startSpan(name, { kind: SpanKind.CLIENT }, own)
          return error => {
            if (error) part.setStatus({ code: SpanStatusCode.ERROR })
            part.end()
          }
        },
        end({ name, status, failed, attributes }) {
          span.updateName(name)
          span.setAttributes({ ...attributes, 'http.response.status_code': status })
          if (failed) span.setStatus({ code: SpanStatusCode.ERROR })
          span.end()
        }
      }
    },
    stop: () => sdk.shutdown()
  }
}
