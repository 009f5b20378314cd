import type { ExpressionBuilder } from 'kysely';
import type { Db, Instant, Row, Schema } from '../database.ts';
import type { Part } from '../tables/drift.ts';
import { isIn, lastOf, sampleRows } from './sample-rows.ts';
import type { SampledTable, Some, Stretch } from './sample-rows.ts';

const over = ['succeeded', 'canceled'];

function isAtStripe(eb: ExpressionBuilder<Schema, 'customers'>) {
  return eb.or([eb('stripeCustomerId', 'is not', null), eb('stripeAccountId', 'is not', null)]);
}

/** Customers of whom Stripe holds methods. */
export function customersToCompare(db: Db, part: Part): Promise<Some<Row<'customers'>>> {
  return some(db, 'customers', part, (stretch) =>
    db
      .selectFrom('customers')
      .selectAll()
      .where(isAtStripe)
      .where(isIn(stretch))
      .orderBy('id')
      .limit(stretch.limit)
      .execute(),
  );
}

/** The next page as it is; a sample goes on at the table's beginning where it ends. */
async function some<R extends { id: string }>(
  db: Db,
  table: SampledTable,
  part: Part,
  find: (stretch: Stretch) => Promise<R[]>,
): Promise<Some<R>> {
  if (part.isSample) return sampleRows(db, table, part, find);
  const rows = await find({ ...part, upTo: null });
  return { rows, last: lastOf(rows) };
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

type IntentCondition = ReturnType<typeof hasCharge>;

function someIntents(
  db: Db,
  part: Part,
  isWanted: IntentCondition,
): Promise<Some<Row<'paymentIntents'>>> {
  return some(db, 'paymentIntents', part, (stretch) =>
    db
      .selectFrom('paymentIntents')
      .selectAll()
      .where(isWanted)
      .where(isIn(stretch))
      .orderBy('id')
      .limit(stretch.limit)
      .execute(),
  );
}

export function intentsToCompare(
  db: Db,
  part: Part & { since: Instant },
): Promise<Some<Row<'paymentIntents'>>> {
  return someIntents(db, part, intentsWorthAsking(part.since));
}

/** Intents with a charge whose refunds may have moved since. */
export function chargesToCompare(
  db: Db,
  part: Part & { since: Instant },
): Promise<Some<Row<'paymentIntents'>>> {
  return someIntents(db, part, hasCharge(part.since));
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
