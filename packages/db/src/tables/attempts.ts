import { sql } from 'kysely';
import type { Updateable } from 'kysely';
import type { AttemptStatus, Db, Flag, Instant, NewRow, Row, Schema } from '../database.ts';
import { joined } from '../joined.ts';
import { isStill } from '../lease.ts';
import { updateEach } from '../update-each.ts';

/** Every attempt of a payment, oldest first. */
export const listAttempts = joined(async (db, paymentIds: string[]) => {
  const query = db.selectFrom('attempts').selectAll().where('paymentId', 'in', paymentIds);
  const rows = await query.orderBy('number').execute();
  const byPayment = Map.groupBy(rows, (attempt) => attempt.paymentId);
  return paymentIds.map((id) => byPayment.get(id) ?? []);
});

/** @throws the database's unique violation when an attempt of this payment is open */
export async function insertAttempt(db: Db, row: NewRow<'attempts'>): Promise<void> {
  await db.insertInto('attempts').values(row).execute();
}

interface AttemptEnd {
  /** As it was read. */
  attempt: { id: string; status: AttemptStatus };
  end: Omit<Updateable<Schema['attempts']>, 'status'> & { status: Exclude<AttemptStatus, 'open'> };
}

/**
 * Writes what an attempt came to, unless it says so already or another has written since it was read.
 * @returns whether this call did
 */
export const endAttempt = joined(async (db, ends: AttemptEnd[]) => {
  const news = ends.filter(({ attempt, end }) => attempt.status !== end.status);
  const changes = news.map(({ attempt, end }) => ({
    id: attempt.id,
    from: attempt.status,
    change: { ...end, unknown: 0 as const, leasedUntil: null, leaseHolder: null },
  }));
  const written = new Set((await updateEach(db, 'attempts', changes)).map((row) => row?.id));
  return ends.map((end) => news.includes(end) && written.has(end.attempt.id));
});

/** Counts a sending before it happens; the count after a crash says that Stripe may know of it. */
export async function countSending(db: Db, id: string): Promise<void> {
  await db
    .updateTable('attempts')
    .set({ sendCount: sql`send_count + 1` })
    .where('id', '=', id)
    .execute();
}

/** Whether a payment method has an attempt whose outcome is not known yet. */
export async function methodHasOpenAttempt(db: Db, paymentMethodId: string): Promise<boolean> {
  const row = await db
    .selectFrom('attempts')
    .select('id')
    .where('paymentMethodId', '=', paymentMethodId)
    .where('status', '=', 'open')
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** Frees an attempt that this process holds, for the next try at an instant. */
export async function postponeAttempt(
  db: Db,
  attempt: { id: string; leaseHolder: string | null; mayResend: Flag },
  nextTryAt: Instant,
): Promise<void> {
  const { mayResend } = attempt;
  await db
    .updateTable('attempts')
    .set({ unknown: 1, mayResend, nextTryAt, leasedUntil: null, leaseHolder: null })
    .where('id', '=', attempt.id)
    .where(isStill('status', 'open'))
    .where('leaseHolder', '=', attempt.leaseHolder)
    .execute();
}

/** The one attempt of a payment whose outcome is not known yet. */
export function findOpenAttempt(db: Db, paymentId: string): Promise<Row<'attempts'> | undefined> {
  return db
    .selectFrom('attempts')
    .selectAll()
    .where('paymentId', '=', paymentId)
    .where(isStill('status', 'open'))
    .executeTakeFirst();
}
