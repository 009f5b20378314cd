import type { Account } from './context.ts';
import type { Store } from './store.ts';

export type Delivery = {
  seq: number;
  account: string;
  event_id: string;
  endpoint_id: string;
  attempts: number;
};

/** How many endpoints have not taken an event yet, and how many never will. */
export function countDeliveries(
  account: Account,
  eventId: string,
): { pending: number; failed: number } {
  const row = account.ctx.store
    .sql<[string], { pending: number | null; failed: number | null }>(
      `select sum(state = 'pending') as pending, sum(state = 'failed') as failed
       from deliveries where event_id = ?`,
    )
    .get(eventId);
  return { pending: row?.pending ?? 0, failed: row?.failed ?? 0 };
}

/** Deliveries whose time has come, oldest first. */
export function listDueDeliveries(store: Store, nowMs: number, limit: number): Delivery[] {
  return store
    .sql<[number, number], Delivery>(
      `select seq, account, event_id, endpoint_id, attempts from deliveries
       where state = 'pending' and next_ms <= ? order by next_ms, seq limit ?`,
    )
    .all(nowMs, limit);
}

/** When the next one is due, in milliseconds; undefined when none waits. */
export function nextDeliveryAt(store: Store): number | undefined {
  const row = store
    .sql<[], { next: number | null }>(
      "select min(next_ms) as next from deliveries where state = 'pending'",
    )
    .get();
  return row?.next ?? undefined;
}

/** Writes down what came of one try. */
export function recordDelivery(
  store: Store,
  seq: number,
  outcome: {
    state: 'pending' | 'delivered' | 'failed';
    nextMs: number | null;
    status: number | null;
  },
): void {
  store
    .sql<unknown[], unknown>(
      'update deliveries set attempts = attempts + 1, state = ?, next_ms = ?, last_status = ? where seq = ?',
    )
    .run(outcome.state, outcome.nextMs, outcome.status, seq);
}

/** After a restart nothing waits out its back-off: the listener may be back as well. */
export function makePendingDue(store: Store, nowMs: number): void {
  store
    .sql<[number, number], unknown>(
      "update deliveries set next_ms = ? where state = 'pending' and next_ms > ?",
    )
    .run(nowMs, nowMs);
}
