import { sql } from 'kysely';
import type { ExpressionBuilder, ExpressionWrapper, SqlBool } from 'kysely';
import type { Db, Row, Schema } from '../database.ts';
import { methodNameColumns } from './method-name.ts';
import type { MethodName } from './method-name.ts';
import { customerEmail } from './shown-address.ts';

export interface OwedLine extends Row<'payments'>, MethodName {
  customerEmail: string | null;
  /** How often it was tried. */
  triesMadeInAll: number;
}

type Payments = ExpressionBuilder<Schema, 'payments'>;
type Condition = ExpressionWrapper<Schema, 'payments', SqlBool>;

const isPlanned = (eb: Payments) => eb('payments.nextStep', '=', 'charge');
const isPaused = (eb: Payments) => eb('payments.nextStepReason', '=', 'paused');
const isForShopper = (eb: Payments) => eb('payments.nextStep', '=', 'shopper');
const isForStaff = (eb: Payments) =>
  eb.and([eb('payments.nextStep', '=', 'staff'), eb.not(isPaused(eb))]);
const isGivenUp = (eb: Payments) => eb('payments.status', '=', 'uncollectible');

/** Which amounts a page lists, of those that are charged by agreement. */
const filters = {
  /** Charged by itself, or stopped by staff. */
  scheduled: (eb: Payments) => eb.or([isPlanned(eb), isPaused(eb)]),
  planned: isPlanned,
  retried: (eb: Payments) => eb.and([isPlanned(eb), eb('payments.triesMade', 'is not', null)]),
  paused: isPaused,
  /** Somebody has to act, or nobody tries any more. */
  to_recover: (eb: Payments) => eb.or([isForShopper(eb), isForStaff(eb), isGivenUp(eb)]),
  shopper: isForShopper,
  staff: isForStaff,
  given_up: isGivenUp,
} satisfies Record<string, (eb: Payments) => Condition>;

export type OwedFilter = keyof typeof filters;

/** One page of amounts owed, those that come next first, and how many there are in all. */
export async function listOwed(
  db: Db,
  which: { filter: OwedFilter; limit: number; offset: number },
): Promise<{ payments: OwedLine[]; total: number }> {
  const filtered = db
    .selectFrom('payments')
    .where('payments.agreementId', 'is not', null)
    .where((eb) => filters[which.filter](eb));
  const payments = await filtered
    .innerJoin('customers', 'customers.id', 'payments.customerId')
    .leftJoin('paymentMethods', 'paymentMethods.id', 'payments.paymentMethodId')
    .selectAll('payments')
    .select((eb) => [
      customerEmail,
      ...methodNameColumns,
      eb
        .selectFrom('attempts')
        .whereRef('attempts.paymentId', '=', 'payments.id')
        .select((of) => of.fn.countAll<number | string>().as('tries'))
        .as('tries'),
    ])
    .orderBy(sql`coalesce(payments.charge_at, payments.due_at)`)
    .orderBy('payments.id')
    .limit(which.limit)
    .offset(which.offset)
    .execute();
  const { total } = await filtered
    .select((eb) => eb.fn.countAll<number | string>().as('total'))
    .executeTakeFirstOrThrow();
  return {
    payments: payments.map(({ tries, ...payment }) => ({
      ...payment,
      triesMadeInAll: Number(tries ?? 0),
    })),
    total: Number(total),
  };
}
