import type { Account } from './context.ts';
import type { Store } from './store.ts';
import type { DeliveryPlan } from './webhook-faults.ts';

export type Delivery = {
  seq: number;
  account: string;
  event_id: string;
  endpoint_id: string;
  attempts: number;
};

/** `dropped`: a planted fault; it counts as never taken. */
export type DeliveryState = 'pending' | 'delivered' | 'failed' | 'dropped';

/** A delivery as the control API shows it; instants in milliseconds by the sandbox's clock. */
export type ShownDelivery = {
  id: number;
  accountId: string;
  eventId: string;
  type: string;
  endpointId: string;
  state: DeliveryState;
  attempts: number;
  lastStatus: number | null;
  nextTryAt: number | null;
  createdAt: number;
};

const COLUMNS = 'seq, account, event_id, endpoint_id, attempts';

/** Writes down that an event is to be sent; a planned mishap makes it none or two. */
export function enqueueDelivery(
  account: Account,
  event: { id: string; type: string },
  endpointId: string,
  { copies, rank }: DeliveryPlan,
): void {
  const { store, clock } = account.ctx;
  const now = clock.now();
  const statement = store.sql<unknown[], unknown>(
    `insert into deliveries (account, event_id, endpoint_id, type, state, next_ms, created_ms, rank)
     values (?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const dropped = copies === 0;
  for (let copy = 0; copy < Math.max(copies, 1); copy += 1) {
    statement.run(
      account.id,
      event.id,
      endpointId,
      event.type,
      dropped ? 'dropped' : 'pending',
      dropped ? null : now,
      now,
      rank,
    );
  }
}

/** How many endpoints have not taken an event yet, and how many never will unless it is resent. */
export function countDeliveries(
  account: Account,
  eventId: string,
): { pending: number; failed: number } {
  const row = account.ctx.store
    .sql<[string], { pending: number | null; failed: number | null }>(
      `select sum(waits and not taken) as pending, sum(not waits and not taken) as failed from (
         select max(state = 'pending') as waits, max(state = 'delivered') as taken
         from deliveries where event_id = ? group by endpoint_id)`,
    )
    .get(eventId);
  return { pending: row?.pending ?? 0, failed: row?.failed ?? 0 };
}

/** Deliveries whose time has come: shuffled ones by their place, all others oldest first. */
export function listDueDeliveries(store: Store, nowMs: number, limit: number): Delivery[] {
  return store
    .sql<[number, number], Delivery>(
      `select ${COLUMNS} from deliveries
       where state = 'pending' and next_ms <= ? order by coalesce(rank, -1), next_ms, seq limit ?`,
    )
    .all(nowMs, limit);
}

export function findDelivery(store: Store, seq: number): Delivery | undefined {
  return store.sql<[number], Delivery>(`select ${COLUMNS} from deliveries where seq = ?`).get(seq);
}

/** How many deliveries are in each state, of how many events, and how often one was sent. */
export type DeliveryCounts = { [state in DeliveryState]: number } & {
  events: number;
  tries: number;
};

export function countAllDeliveries(store: Store): DeliveryCounts {
  const row = store
    .sql<[], DeliveryCounts>(
      `select count(distinct event_id) as events, coalesce(sum(attempts), 0) as tries,
         count(*) filter (where state = 'pending') as pending,
         count(*) filter (where state = 'delivered') as delivered,
         count(*) filter (where state = 'failed') as failed,
         count(*) filter (where state = 'dropped') as dropped
       from deliveries`,
    )
    .get();
  if (row === undefined) throw new Error('counting gave nothing');
  return row;
}

/** The newest, newest first; empty texts take all. */
export function listDeliveries(
  store: Store,
  filter: { state: string; type: string; event: string; limit: number },
): ShownDelivery[] {
  return store
    .sql<(string | number)[], ShownDelivery>(
      `select seq as id, account as accountId, event_id as eventId, type, endpoint_id as endpointId, state,
         attempts, last_status as lastStatus, next_ms as nextTryAt, created_ms as createdAt
       from deliveries where ? in ('', state) and ? in ('', type) and ? in ('', event_id)
       order by seq desc limit ?`,
    )
    .all(filter.state, filter.type, filter.event, filter.limit);
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
  outcome: { state: DeliveryState; nextMs: number | null; status: number | null },
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

/** Forgets what happened more than 30 days ago, as Stripe does: events, their deliveries, old keys. */
export function forgetOld(store: Store, nowMs: number): void {
  const thirtyDaysAgo = nowMs - 30 * 24 * 60 * 60 * 1000;
  store.sql<[number], unknown>('delete from deliveries where created_ms < ?').run(thirtyDaysAgo);
  store.sql<[number], unknown>('delete from idempotency_keys where expires_ms <= ?').run(nowMs);
}
