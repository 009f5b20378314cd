import type { Db, Row } from '../database.ts';
import { customerEmail } from './shown-address.ts';

export interface DisputeLine extends Row<'disputes'> {
  customerId: string;
  customerEmail: string | null;
  /** What the disputed payment was for. */
  paymentReason: string;
}

type Which = { show: 'open' | 'closed' | 'all' } | { disputeId: string };

/** Disputes with whom and what they are about: the one whose term ends first stands first. */
export function listDisputes(
  db: Db,
  which: Which & { limit: number; offset?: number },
): Promise<DisputeLine[]> {
  return selectDisputes(db, which)
    .innerJoin('payments', 'payments.id', 'disputes.paymentId')
    .innerJoin('customers', 'customers.id', 'payments.customerId')
    .selectAll('disputes')
    .select(['payments.customerId', customerEmail, 'payments.reason as paymentReason'])
    .orderBy((eb) => eb.case().when('disputes.closedAt', 'is', null).then(0).else(1).end())
    .orderBy((eb) => eb.case().when('disputes.submittedAt', 'is', null).then(0).else(1).end())
    .orderBy('disputes.evidenceDueAt')
    .orderBy('disputes.id')
    .limit(which.limit)
    .offset(which.offset ?? 0)
    .execute();
}

/** How many {@link listDisputes} would list without a page. */
export async function countDisputes(db: Db, which: Which): Promise<number> {
  const { total } = await selectDisputes(db, which)
    .select((eb) => eb.fn.countAll<number | string>().as('total'))
    .executeTakeFirstOrThrow();
  return Number(total);
}

function selectDisputes(db: Db, which: Which) {
  const query = db.selectFrom('disputes');
  if ('disputeId' in which) return query.where('disputes.id', '=', which.disputeId);
  if (which.show === 'all') return query;
  return query.where('disputes.closedAt', which.show === 'open' ? 'is' : 'is not', null);
}
