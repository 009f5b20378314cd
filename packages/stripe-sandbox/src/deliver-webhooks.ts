import { createHmac } from 'node:crypto';
import type { SandboxContext } from './context.ts';
import {
  listDueDeliveries,
  makePendingDue,
  nextDeliveryAt,
  recordDelivery,
} from './delivery-queue.ts';
import type { Delivery } from './delivery-queue.ts';

/** The loop that sends events; it never holds up a request. */
export type Deliveries = {
  /** Looks for due deliveries soon. */
  wake(): void;
  /** Holds all deliveries back, or lets them go again. */
  pause(paused: boolean): void;
  /** Sends what is due now once, even while paused; how many were tried. */
  deliverHeld(): Promise<number>;
  close(): Promise<void>;
};

const ATTEMPTS = 16;
const AT_ONCE = 8;
const TIMEOUT_MS = 10_000;

/** 1 s, 2 s, 4 s … up to a minute: quick at first, so that a restarted app hears soon. */
function backOffMs(attempts: number): number {
  return Math.min(1000 * 2 ** (attempts - 1), 60_000);
}

/** `t=…,v1=…` over the exact bytes that are sent (stripe.md 6.1). */
function signPayload(secret: string, payload: string, atSeconds: number): string {
  const digest = createHmac('sha256', secret)
    .update(`${String(atSeconds)}.${payload}`)
    .digest('hex');
  return `t=${String(atSeconds)},v1=${digest}`;
}

/** Starts the loop. What was left undelivered by an earlier run is due at once. */
export function startDeliveries(ctx: SandboxContext): Deliveries {
  const state = { paused: false, closed: false };
  const stop = new AbortController();
  const inFlight = new Map<number, Promise<void>>();
  let timer: NodeJS.Timeout | undefined;
  makePendingDue(ctx.store, ctx.clock.now());

  /** Starts as many sends as there is room for; a listener that hangs holds up only its own. */
  const send = (): number => {
    if (state.closed) return 0;
    const due = listDueDeliveries(ctx.store, ctx.clock.now(), 2 * AT_ONCE)
      .filter(({ seq }) => !inFlight.has(seq))
      .slice(0, AT_ONCE - inFlight.size);
    for (const delivery of due) {
      const sending = deliver(ctx, delivery, stop.signal).finally(() => {
        inFlight.delete(delivery.seq);
        run();
      });
      inFlight.set(delivery.seq, sending);
    }
    return due.length;
  };
  const run = (): void => {
    clearTimeout(timer);
    if (state.closed || state.paused) return;
    send();
    const next = nextDeliveryAt(ctx.store);
    if (next === undefined) return;
    // What is in flight counts as due until it is answered: look again, but not in a tight loop.
    const least = inFlight.size > 0 ? 25 : 0;
    timer = setTimeout(run, Math.min(Math.max(next - ctx.clock.now(), least), 60_000));
    timer.unref();
  };
  const unsubscribe = ctx.clock.onMove(run);
  return {
    // Not now: the transaction that wrote the event must be over.
    wake: () => void setImmediate(run),
    pause(paused) {
      state.paused = paused;
      run();
    },
    async deliverHeld() {
      let tried = send();
      while (inFlight.size > 0) {
        await Promise.race(inFlight.values());
        tried += send();
      }
      return tried;
    },
    async close() {
      state.closed = true;
      clearTimeout(timer);
      unsubscribe();
      stop.abort();
      await Promise.all(inFlight.values());
    },
  };
}

/** One try. A try that the sandbox's own end cut short is not counted. */
async function deliver(ctx: SandboxContext, delivery: Delivery, stop: AbortSignal): Promise<void> {
  const endpoint = ctx.store.find(delivery.account, 'webhook_endpoint', delivery.endpoint_id);
  const event = ctx.store.find(delivery.account, 'event', delivery.event_id);
  if (endpoint === undefined || event === undefined || endpoint.hidden.deleted) {
    recordDelivery(ctx.store, delivery.seq, { state: 'failed', nextMs: null, status: null });
    return;
  }
  const { api_version: version, url } = endpoint.object;
  // Rendered in the endpoint's version, whatever the request that caused it was pinned to.
  const body = version === null ? event.object : { ...event.object, api_version: version };
  const payload = JSON.stringify(body, null, 2);
  const signature = signPayload(endpoint.hidden.secret, payload, ctx.clock.seconds());
  const status = await post(url, payload, signature, stop);
  if (stop.aborted) return;
  const attempts = delivery.attempts + 1;
  if (status !== null && status >= 200 && status < 300) {
    recordDelivery(ctx.store, delivery.seq, { state: 'delivered', nextMs: null, status });
  } else if (attempts >= ATTEMPTS) {
    recordDelivery(ctx.store, delivery.seq, { state: 'failed', nextMs: null, status });
  } else {
    const nextMs = ctx.clock.now() + backOffMs(attempts);
    recordDelivery(ctx.store, delivery.seq, { state: 'pending', nextMs, status });
  }
}

/** The status of the answer; null when there was none. */
async function post(
  url: string,
  payload: string,
  signature: string,
  stop: AbortSignal,
): Promise<number | null> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      body: payload,
      redirect: 'manual',
      headers: {
        'content-type': 'application/json; charset=utf-8',
        'stripe-signature': signature,
        'user-agent': 'Stripe/1.0 (+https://stripe.com/docs/webhooks)',
      },
      signal: AbortSignal.any([stop, AbortSignal.timeout(TIMEOUT_MS)]),
    });
    await response.arrayBuffer();
    return response.status;
  } catch {
    return null;
  }
}
