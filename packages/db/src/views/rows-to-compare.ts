import { sql } from 'kysely';
import type { ExpressionBuilder } from 'kysely';
import type { Db, Instant, Row, Schema } from '../database.ts';
import type { Part } from '../tables/drift.ts';

const over = ['succeeded', 'canceled'];

function isAtStripe(eb: ExpressionBuilder<Schema, 'customers'>) {
  return eb.or([eb('stripeCustomerId', 'is not', null), eb('stripeAccountId', 'is not', null)]);
}

/** Customers of whom Stripe holds methods. */
export function customersToCompare(db: Db, part: Part): Promise<Row<'customers'>[]> {
  return db
    .selectFrom('customers')
    .selectAll()
    .where(isAtStripe)
    .$if(part.after !== null, (query) => query.where('id', '>', part.after ?? ''))
    .$if(part.atRandom, (query) => query.orderBy(sql`random()`))
    .orderBy('id')
    .limit(part.limit)
    .execute();
}

/** What of a customer is attached as far as we know. */
export function attachedMethods(db: Db, customerId: string): Promise<Row<'paymentMethods'>[]> {
  return db
    .selectFrom('paymentMethods')
    .selectAll()
    .where('customerId', '=', customerId)
    .where('status', '!=', 'detached')
    .execute();
}

/** Intents that are not over, or that moved since; not those of which an attempt is under way. */
function intentsWorthAsking(since: Instant) {
  return (eb: ExpressionBuilder<Schema, 'paymentIntents'>) =>
    eb.and([
      eb.or([eb('status', 'not in', over), eb('updatedAt', '>=', since)]),
      eb.not(
        eb.exists(
          eb
            .selectFrom('attempts')
            .select('attempts.id')
            .whereRef('attempts.paymentId', '=', 'paymentIntents.paymentId')
            .where('attempts.status', '=', 'open'),
        ),
      ),
    ]);
}

/** With a charge whose refunds may have moved since. */
function hasCharge(since: Instant) {
  return (eb: ExpressionBuilder<Schema, 'paymentIntents'>) =>
    eb.and([
      eb('status', '=', 'succeeded'),
      eb('latestChargeId', 'is not', null),
      eb('createdAt', '>=', since),
    ]);
}

function partOfIntents(db: Db, part: Part) {
  return db
    .selectFrom('paymentIntents')
    .selectAll()
    .$if(part.after !== null, (query) => query.where('id', '>', part.after ?? ''))
    .$if(part.atRandom, (query) => query.orderBy(sql`random()`))
    .orderBy('id')
    .limit(part.limit);
}

export function intentsToCompare(
  db: Db,
  part: Part & { since: Instant },
): Promise<Row<'paymentIntents'>[]> {
  return partOfIntents(db, part).where(intentsWorthAsking(part.since)).execute();
}

/** Intents with a charge whose refunds may have moved since. */
export function chargesToCompare(
  db: Db,
  part: Part & { since: Instant },
): Promise<Row<'paymentIntents'>[]> {
  return partOfIntents(db, part).where(hasCharge(part.since)).execute();
}

/** How many rows a full comparison goes through. */
export async function countToCompare(db: Db, since: Instant): Promise<number> {
  const count = async (query: { execute(): Promise<{ n: number | string | bigint }[]> }) =>
    Number((await query.execute())[0]?.n ?? 0);
  const customers = db
    .selectFrom('customers')
    .select((eb) => eb.fn.countAll().as('n'))
    .where(isAtStripe);
  const intents = db
    .selectFrom('paymentIntents')
    .select((eb) => eb.fn.countAll().as('n'))
    .where(intentsWorthAsking(since));
  const charges = db
    .selectFrom('paymentIntents')
    .select((eb) => eb.fn.countAll().as('n'))
    .where(hasCharge(since));
  return (await count(customers)) + (await count(intents)) + (await count(charges));
}
