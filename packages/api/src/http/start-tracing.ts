import process from 'node:process';
import { context, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import {
  BatchSpanProcessor,
  ParentBasedSampler,
  SamplingDecision,
  TracerProvider,
} from '@opentelemetry/sdk-trace';
import type { Sampler, SpanExporter } from '@opentelemetry/sdk-trace';
import { isProbe } from './is-probe.ts';
import { scrubSpan } from './scrub-span.ts';

/** Every request is told of, but those that come every few seconds to ask how the process is. */
const allButProbes: Sampler = {
  shouldSample: (_context, _traceId, _name, _kind, attributes) => ({
    decision: isProbe(attributes['http.route'])
      ? SamplingDecision.NOT_RECORD
      : SamplingDecision.RECORD_AND_SAMPLED,
  }),
  toString: () => 'allButProbes',
};

/**
 * Sends the spans that SvelteKit makes of each request to the collector that OpenTelemetry's own
 * variables name (OTEL_EXPORTER_OTLP_ENDPOINT, …_HEADERS, OTEL_SERVICE_NAME), scrubbed. Whatever a
 * caller says of a trace of its own is not read: anyone may write that.
 */
export function startTracing(app: string): void {
  const provider = new TracerProvider({
    resource: resourceFromAttributes({
      'service.name': process.env['OTEL_SERVICE_NAME'] || `onfile-${app}`,
    }),
    sampler: new ParentBasedSampler({ root: allButProbes }),
    spanProcessors: [
      new BatchSpanProcessor({
        exporter: scrubbing(new OTLPTraceExporter()),
        // OpenTelemetry's own variable, which this part of its SDK does not read.
        scheduledDelayMillis: Number(process.env['OTEL_BSP_SCHEDULE_DELAY']) || 5_000,
      }),
    ],
  });
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  trace.setGlobalTracerProvider(provider);
  // adapter-node tells when it has answered what was under way.
  process.once('sveltekit:shutdown', () => void provider.shutdown().catch(() => undefined));
}

function scrubbing(exporter: SpanExporter): SpanExporter {
  return {
    export: (spans, done) => exporter.export(spans.map(scrubSpan), done),
    forceFlush: async () => exporter.forceFlush?.(),
    shutdown: () => exporter.shutdown(),
  };
}
