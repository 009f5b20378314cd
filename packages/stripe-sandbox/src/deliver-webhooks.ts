import type { SandboxContext } from './context.ts';
import {
  findDelivery,
  listDueDeliveries,
  makePendingDue,
  nextDeliveryAt,
} from './delivery-queue.ts';
import type { Delivery } from './delivery-queue.ts';
import { sendDelivery } from './send-webhook.ts';

/** The loop that sends events; it never holds up a request. */
export type Deliveries = {
  /** Looks for due deliveries soon. */
  wake(): void;
  /** Holds all deliveries back, or lets them go again. */
  pause(paused: boolean): void;
  isPaused(): boolean;
  /** Sends what is due now, one after the other, even while paused; how many were tried. */
  deliverHeld(): Promise<number>;
  /** Sends one now, whatever its state: the listener's status; undefined when it is not known. */
  deliverOne(seq: number): Promise<number | null | undefined>;
  close(): Promise<void>;
};

/**
 * Seconds to wait after each failed try. `stripe`: three tries within hours, as in test mode (stripe.md
 * 6.2). `quick`: seconds up to a minute, for people whose app has just been restarted.
 */
export const RETRY_SECONDS = {
  stripe: [60 * 60, 3 * 60 * 60],
  quick: [1, 2, 4, 8, 16, 32, ...Array.from({ length: 9 }, () => 60)],
} as const satisfies { [name: string]: readonly number[] };

const AT_ONCE = 8;
/** How long events gather before a shuffled order is sent, in milliseconds. */
const GATHER_MS = 250;

/** Starts the loop. What was left undelivered by an earlier run is due at once. */
export function startDeliveries(ctx: SandboxContext, retrySeconds: readonly number[]): Deliveries {
  const state = { paused: false, closed: false, woken: false };
  const stop = new AbortController();
  const inFlight = new Map<number, Promise<number | null>>();
  let timer: NodeJS.Timeout | undefined;
  makePendingDue(ctx.store, ctx.clock.now());

  const sendOne = (delivery: Delivery): Promise<number | null> => {
    const sending = sendDelivery(ctx, delivery, retrySeconds, stop.signal).finally(() => {
      inFlight.delete(delivery.seq);
    });
    inFlight.set(delivery.seq, sending);
    return sending;
  };
  /** Starts as many sends as there is room for; a listener that hangs holds up only its own. */
  const run = (): void => {
    clearTimeout(timer);
    state.woken = false;
    if (state.closed || state.paused) return;
    const atOnce = ctx.webhookFaults.chaos().shuffle ? 1 : AT_ONCE;
    const due = listDueDeliveries(ctx.store, ctx.clock.now(), 2 * AT_ONCE)
      .filter(({ seq }) => !inFlight.has(seq))
      .slice(0, Math.max(atOnce - inFlight.size, 0));
    for (const delivery of due) void sendOne(delivery).finally(run);
    const next = nextDeliveryAt(ctx.store);
    if (next === undefined) return;
    // What is in flight counts as due until it is answered: look again, but not in a tight loop.
    const least = inFlight.size > 0 ? 25 : 0;
    timer = setTimeout(run, Math.min(Math.max(next - ctx.clock.now(), least), 60_000));
    timer.unref();
  };
  const unsubscribe = ctx.clock.onMove(run);
  return {
    wake() {
      if (state.woken) return;
      state.woken = true;
      // Not now: the transaction that wrote the event must be over.
      if (ctx.webhookFaults.chaos().shuffle) setTimeout(run, GATHER_MS).unref();
      else setImmediate(run);
    },
    pause(paused) {
      state.paused = paused;
      run();
    },
    isPaused: () => state.paused,
    async deliverHeld() {
      await Promise.all(inFlight.values());
      let tried = 0;
      for (;;) {
        const [next] = listDueDeliveries(ctx.store, ctx.clock.now(), 1);
        if (next === undefined || state.closed) return tried;
        await (inFlight.get(next.seq) ?? sendOne(next));
        tried += 1;
      }
    },
    async deliverOne(seq) {
      await inFlight.get(seq);
      const delivery = findDelivery(ctx.store, seq);
      return delivery === undefined ? undefined : sendOne(delivery);
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
