import { sql } from 'kysely';
import type { Updateable } from 'kysely';
import type { AttemptStatus, Db, Flag, Instant, NewRow, Row, Schema } from '../database.ts';
import { isStill } from '../lease.ts';

/** Every attempt of a payment, oldest first. */
export function listAttempts(db: Db, paymentId: string): Promise<Row<'attempts'>[]> {
  return db
    .selectFrom('attempts')
    .selectAll()
    .where('paymentId', '=', paymentId)
    .orderBy('number')
    .execute();
}

/** @throws the database's unique violation when an attempt of this payment is open */
export async function insertAttempt(db: Db, row: NewRow<'attempts'>): Promise<void> {
  await db.insertInto('attempts').values(row).execute();
}

/**
 * Writes what an attempt came to, unless it says so already or another has written since it was read.
 * @returns whether this call did
 */
export async function endAttempt(
  db: Db,
  attempt: { id: string; status: AttemptStatus },
  end: Omit<Updateable<Schema['attempts']>, 'status'> & { status: Exclude<AttemptStatus, 'open'> },
): Promise<boolean> {
  const result = await db
    .updateTable('attempts')
    .set({ ...end, unknown: 0, leasedUntil: null, leaseHolder: null })
    .where('id', '=', attempt.id)
    .where(isStill('status', attempt.status))
    .where('status', '!=', end.status)
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

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
