import { createHmac } from 'node:crypto';
import type { SandboxContext } from './context.ts';
import { listDueDeliveries, nextDeliveryAt, recordDelivery } from './delivery-queue.ts';
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
export function backOffMs(attempts: number): number {
  return Math.min(1000 * 2 ** (attempts - 1), 60_000);
}

/** `t=…,v1=…` over the exact bytes that are sent (stripe.md 6.1). */
export function signPayload(secret: string, payload: string, atSeconds: number): string {
  const digest = createHmac('sha256', secret).update(`${String(atSeconds)}.${payload}`).digest('hex');
  return `t=${String(atSeconds)},v1=${digest}`;
}

export function startDeliveries(ctx: SandboxContext): Deliveries {
  const state = { paused: false, closed: false, running: undefined as Promise<number> | undefined };
  const stop = new AbortController();
  let timer: NodeJS.Timeout | undefined;

  const run = async (): Promise<number> => {
    let tried = 0;
    for (;;) {
      if (state.closed) return tried;
      const due = listDueDeliveries(ctx.store, ctx.clock.now(), AT_ONCE);
      if (due.length === 0) return tried;
      await Promise.all(due.map((delivery) => deliver(ctx, delivery, stop.signal)));
      tried += due.length;
    }
  };
  const runOnce = async (): Promise<number> => {
    state.running ??= run().finally(() => {
      state.running = undefined;
      arm();
    });
    return state.running;
  };
  const arm = (): void => {
    clearTimeout(timer);
    if (state.closed || state.paused) return;
    const next = nextDeliveryAt(ctx.store);
    if (next === undefined) return;
    const wait = Math.min(Math.max(next - ctx.clock.now(), 0), 60_000);
    timer = setTimeout(() => void runOnce(), wait);
    timer.unref();
  };
  const unsubscribe = ctx.clock.onMove(arm);
  return {
    wake: () => {
      if (!state.paused && state.running === undefined) setImmediate(arm);
    },
    pause(paused) {
      state.paused = paused;
      arm();
    },
    async deliverHeld() {
      await state.running;
      return runOnce();
    },
    async close() {
      state.closed = true;
      clearTimeout(timer);
      unsubscribe();
      stop.abort();
      await state.running;
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
