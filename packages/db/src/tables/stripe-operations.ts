import { sql } from 'kysely';
import type { Db, Instant, NewRow, Row } from '../database.ts';
import { isStill } from '../lease.ts';
import type { OperationKind } from '../records.ts';

export function findOperationByKey(
  db: Db,
  idempotencyKey: string,
): Promise<Row<'stripeOperations'> | undefined> {
  return db
    .selectFrom('stripeOperations')
    .selectAll()
    .where('idempotencyKey', '=', idempotencyKey)
    .executeTakeFirst();
}

/** Writes the call down before it is made; the same key twice is one operation. */
export async function insertOperation(db: Db, row: NewRow<'stripeOperations'>): Promise<void> {
  await db
    .insertInto('stripeOperations')
    .values(row)
    .onConflict((c) => c.column('idempotencyKey').doNothing())
    .execute();
}

export async function endOperation(
  db: Db,
  id: string,
  end: { status: 'done' | 'refused'; errorCode?: string | null; now: Instant },
): Promise<void> {
  await db
    .updateTable('stripeOperations')
    .set({
      status: end.status,
      errorCode: end.errorCode ?? null,
      finishedAt: end.now,
      leasedUntil: null,
      leaseHolder: null,
    })
    .where('id', '=', id)
    .where(isStill('status', 'open'))
    .execute();
}

export async function postponeOperation(db: Db, id: string, nextTryAt: Instant): Promise<void> {
  await db
    .updateTable('stripeOperations')
    .set({ nextTryAt, leasedUntil: null, leaseHolder: null, sendCount: sql`send_count + 1` })
    .where('id', '=', id)
    .where(isStill('status', 'open'))
    .execute();
}

/** Every call of one kind about one row, oldest first. */
export function listOperations(
  db: Db,
  kind: OperationKind,
  subjectId: string,
): Promise<Row<'stripeOperations'>[]> {
  return db
    .selectFrom('stripeOperations')
    .selectAll()
    .where('subjectId', '=', subjectId)
    .where('kind', '=', kind)
    .orderBy('id')
    .execute();
}

/** Calls of one kind that have no answer yet, about rows whose id starts so; oldest first. */
export function listOpenOperations(
  db: Db,
  kind: OperationKind,
  subjectPrefix: string,
): Promise<Row<'stripeOperations'>[]> {
  return (
    db
      .selectFrom('stripeOperations')
      .selectAll()
      .where('kind', '=', kind)
      .where('status', '=', 'open')
      // Not LIKE: ids contain its wildcards.
      .where(sql`substr(subject_id, 1, ${subjectPrefix.length})`, '=', subjectPrefix)
      .orderBy('id')
      .execute()
  );
}
