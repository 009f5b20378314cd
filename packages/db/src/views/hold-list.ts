import { sql } from 'kysely';
import type { Db, Instant, Row } from '../database.ts';
import { methodNameColumns } from './method-name.ts';
import type { MethodName } from './method-name.ts';
import { customerEmail } from './shown-address.ts';

export interface HoldLine extends Row<'payments'>, MethodName {
  customerEmail: string | null;
}

interface Which {
  /** Only those whose bank lets go until then; null: all. */
  until: Instant | null;
}

/** What is held now, those whose bank lets go first, first. */
export function listHolds(
  db: Db,
  which: Which & { limit: number; offset: number },
): Promise<HoldLine[]> {
  return held(db, which)
    .innerJoin('customers', 'customers.id', 'payments.customerId')
    .leftJoin('paymentMethods', 'paymentMethods.id', 'payments.paymentMethodId')
    .selectAll('payments')
    .select([customerEmail, ...methodNameColumns])
    .orderBy(sql`coalesce(payments.capture_before, payments.created_at)`)
    .orderBy('payments.id')
    .limit(which.limit)
    .offset(which.offset)
    .execute();
}

/** How many {@link listHolds} would list without a page. */
export async function countHolds(db: Db, which: Which): Promise<number> {
  const { total } = await held(db, which)
    .select((eb) => eb.fn.countAll<number | string>().as('total'))
    .executeTakeFirstOrThrow();
  return Number(total);
}

function held(db: Db, { until }: Which) {
  const query = db.selectFrom('payments').where('payments.status', '=', 'requires_capture');
  return until === null ? query : query.where('payments.captureBefore', '<=', until);
}
