import { sql } from 'kysely';
import type { RawBuilder } from 'kysely';
import type { Db, Instant, Row } from '../database.ts';

/** Of what is told ahead: on another day, of another amount, or with another method it is news again. */
export type Told = Pick<Row<'payments'>, 'id' | 'dueAt' | 'amountMinor' | 'paymentMethodId'>;

/** What makes one mail of the same news. */
export function newsOf({ id, dueAt, amountMinor, paymentMethodId }: Told): string {
  return `${id}:${String(dueAt)}:${String(amountMinor)}:${paymentMethodId ?? ''}`;
}

/** When a payment's shopper was told of its day; null: not yet. */
export async function findNotice(db: Db, payment: Told): Promise<Instant | null> {
  const row = await db
    .selectFrom('outbox')
    .select('createdAt')
    .where('dedupeKey', '=', `upcoming_charge:${newsOf(payment)}`)
    .executeTakeFirst();
  return row?.createdAt ?? null;
}

/** @param key by which the mail that would tell of a row is known */
function isUntold(key: RawBuilder<string>): RawBuilder<boolean> {
  return sql`not exists (select 1 from outbox where outbox.dedupe_key = ${key})`;
}

/**
 * First charges that are planned and whose shopper was not told of their day yet: of one type of method,
 * planned between two instants, known since before another; those that come first, first.
 */
export function listUntold(
  db: Db,
  which: {
    type: string;
    after: Instant;
    until: Instant;
    knownBefore: Instant;
    limit: number;
    paymentId?: string;
  },
): Promise<Row<'payments'>[]> {
  const query = db
    .selectFrom('payments')
    .innerJoin('paymentMethods', 'paymentMethods.id', 'payments.paymentMethodId')
    .selectAll('payments')
    .where('paymentMethods.type', '=', which.type)
    .where('payments.nextStep', '=', 'charge')
    .where('payments.kind', '!=', 'hold')
    .where('payments.triesMade', 'is', null)
    .where('payments.chargeAt', '>', which.after)
    .where('payments.chargeAt', '<=', which.until)
    .where('payments.createdAt', '<=', which.knownBefore)
    .where(
      isUntold(
        sql<string>`'upcoming_charge:' || payments.id || ':' || payments.due_at || ':' || payments.amount_minor || ':' || payments.payment_method_id`,
      ),
    )
    .orderBy('payments.chargeAt')
    .orderBy('payments.id')
    .limit(which.limit);
  return which.paymentId
    ? query.where('payments.id', '=', which.paymentId).execute()
    : query.execute();
}

/** The types of the methods on file that some payment is to be charged with. */
export async function listTypesInUse(db: Db): Promise<string[]> {
  const rows = await db
    .selectFrom('payments')
    .innerJoin('paymentMethods', 'paymentMethods.id', 'payments.paymentMethodId')
    .select('paymentMethods.type')
    .distinct()
    .where('payments.nextStep', '=', 'charge')
    .execute();
  return rows.map(({ type }) => type);
}

/**
 * Cards that end by a month and that some payment is to be charged with, whose owner was not told of it
 * yet.
 * @param by.month counted through: `year * 12 + month`
 * @param by.afterId the last one of the page before; empty for the first
 */
export function listExpiring(
  db: Db,
  by: { month: number; afterId: string; limit: number },
): Promise<Row<'paymentMethods'>[]> {
  return db
    .selectFrom('paymentMethods')
    .selectAll()
    .where('status', '=', 'attached')
    .where('id', '>', by.afterId)
    .where(sql<boolean>`exp_year * 12 + exp_month <= ${by.month}`)
    .where((eb) =>
      eb.exists(
        eb
          .selectFrom('payments')
          .select('payments.id')
          .whereRef('payments.paymentMethodId', '=', 'paymentMethods.id')
          .where('payments.nextStep', '=', 'charge'),
      ),
    )
    .where(
      isUntold(
        sql<string>`'method_expiring:' || payment_methods.id || ':' || payment_methods.exp_year || '-' || payment_methods.exp_month`,
      ),
    )
    .orderBy('id')
    .limit(by.limit)
    .execute();
}
