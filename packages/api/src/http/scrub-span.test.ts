import { SpanStatusCode, trace } from '@opentelemetry/api';
import {
  InMemorySpanExporter,
  SimpleSpanProcessor,
  TracerProvider,
} from '@opentelemetry/sdk-trace';
import { expect, it } from 'vitest';
import { scrubSpan } from './scrub-span.ts';

const planted = 'pl4nt3dpl4nt3dpl4nt3d';

it('tells routes, statuses and the request’s id, and nothing that may hold a secret', () => {
  const exporter = new InMemorySpanExporter();
  const provider = new TracerProvider({ spanProcessors: [new SimpleSpanProcessor({ exporter })] });
  const span = provider.getTracer('test').startSpan('sveltekit.handle.root', {
    attributes: {
      'http.route': '/recover/[token]',
      'http.method': 'GET',
      'http.url': `https://shop.example.com/recover/${planted}?payment_intent_client_secret=${planted}`,
      'onfile.request_id': 'req-1',
      'sveltekit.is_data_request': false,
      'sveltekit.handle.root.result.status': 303,
      'sveltekit.handle.root.result.location': `/sign-in?next=${planted}`,
      'sveltekit.handle.root.result.message': planted,
      'something.new': planted,
    },
    links: [{ context: span0(), attributes: { a: planted } }],
  });
  span.recordException(new TypeError(`It failed with ${planted}`));
  span.setStatus({ code: SpanStatusCode.ERROR, message: planted });
  span.end();
  const [kept] = exporter.getFinishedSpans();
  if (!kept) throw new Error('there is no span');
  const scrubbed = scrubSpan(kept);
  expect(JSON.stringify(kept.attributes)).toContain(planted);
  expect(JSON.stringify({ ...scrubbed, resource: null })).not.toContain(planted);
  expect(scrubbed.spanContext()).toEqual(kept.spanContext());
  expect(scrubbed.status).toEqual({ code: SpanStatusCode.ERROR });
  expect(scrubbed.events[0]?.attributes).toEqual({ 'exception.type': 'TypeError' });
  expect(scrubbed.attributes).toEqual({
    'http.route': '/recover/[token]',
    'http.method': 'GET',
    'onfile.request_id': 'req-1',
    'sveltekit.is_data_request': false,
    'sveltekit.handle.root.result.status': 303,
  });
});

function span0() {
  return trace.wrapSpanContext({ traceId: '0', spanId: '0', traceFlags: 0 }).spanContext();
}
