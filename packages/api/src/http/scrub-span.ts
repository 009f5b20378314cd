import type { Attributes } from '@opentelemetry/api';
import { SpanStatusCode } from '@opentelemetry/api';
import type { ReadableSpan } from '@opentelemetry/sdk-trace';

/**
 * What a span may tell of a request: routes, never addresses, for a recovery link's token or what
 * Stripe appended to a return address stands in those. Everything else is left out, messages of errors
 * too: the log has them, without secrets, under the request's id.
 */
const told = [
  /^http\.(?:route|method)$/,
  /^sveltekit\.is_(?:data|sub)_request$/,
  /^sveltekit\.load\.(?:node_id|node_type|environment|route_id)$/,
  /\.result\.(?:type|status)$/,
  /^onfile\.request_id$/,
  /^exception\.type$/,
];

function tellable(attributes: Attributes): Attributes {
  return Object.fromEntries(
    Object.entries(attributes).filter(([name]) => told.some((shape) => shape.test(name))),
  );
}

/** A span as it may leave the process. */
export function scrubSpan(span: ReadableSpan): ReadableSpan {
  const { code } = span.status;
  return {
    name: span.name,
    kind: span.kind,
    spanContext: () => span.spanContext(),
    ...(span.parentSpanContext && { parentSpanContext: span.parentSpanContext }),
    startTime: span.startTime,
    endTime: span.endTime,
    duration: span.duration,
    ended: span.ended,
    status: code === SpanStatusCode.ERROR ? { code } : span.status,
    attributes: tellable(span.attributes),
    events: span.events.map((event) => ({
      ...event,
      attributes: tellable(event.attributes ?? {}),
    })),
    links: [],
    resource: span.resource,
    instrumentationScope: span.instrumentationScope,
    droppedAttributesCount: span.droppedAttributesCount,
    droppedEventsCount: span.droppedEventsCount,
    droppedLinksCount: span.droppedLinksCount,
  };
}
