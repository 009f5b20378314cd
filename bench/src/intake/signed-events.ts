import { createHmac } from 'node:crypto';

export interface SignedEvent {
  body: string;
  signature: string;
}

const bodyBytes = 3_000;

/** Events as Stripe sends them: about 3 kB each, every id new, signed at this moment. */
export function signedEvents(count: number, secret: string, prefix: string): SignedEvent[] {
  const at = Math.floor(Date.now() / 1000);
  return Array.from({ length: count }, (_, index) => {
    const body = eventBody(`evt_${prefix}${String(index).padStart(7, '0')}`, at);
    const v1 = createHmac('sha256', secret)
      .update(`${String(at)}.${body}`)
      .digest('hex');
    return { body, signature: `t=${String(at)},v1=${v1}` };
  });
}

function eventBody(id: string, created: number): string {
  const event = {
    id,
    object: 'event',
    api_version: '2026-10-28.endive',
    created,
    livemode: false,
    pending_webhooks: 1,
    request: { id: null, idempotency_key: null },
    type: 'customer.updated',
    data: { object: { id: 'cus_bench', object: 'customer', metadata: { padding: '' } } },
  };
  const padding = bodyBytes - JSON.stringify(event).length;
  event.data.object.metadata.padding = 'x'.repeat(padding);
  return JSON.stringify(event);
}
