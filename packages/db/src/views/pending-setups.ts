import type { MethodHint } from '../agreements.ts';
import type { Db, Instant } from '../database.ts';

export interface PendingSetup {
  stripeSessionId: string;
  /** Stripe's status of the SetupIntent, as it was last read. */
  intentStatus: string | null;
  startedAt: Instant;
  method: MethodHint | null;
}

/** What a customer has entered and the bank has not answered yet, newest first. */
export async function listPendingSetups(
  db: Db,
  customerId: string,
  page: { limit: number },
): Promise<PendingSetup[]> {
  const rows = await db
    .selectFrom('checkoutSessions')
    .select(['stripeSessionId', 'intentStatus', 'createdAt', 'methodHint'])
    .$narrowType<{ stripeSessionId: string }>()
    .where('customerId', '=', customerId)
    .where('mode', '=', 'setup')
    .where('status', '=', 'complete')
    .where('stripeSessionId', 'is not', null)
    .where('paymentMethodId', 'is', null)
    .where('problem', 'is', null)
    .orderBy('createdAt', 'desc')
    .orderBy('id', 'desc')
    .limit(page.limit)
    .execute();
  return rows.map(({ createdAt, methodHint, ...row }) => ({
    ...row,
    startedAt: createdAt,
    method: methodHint === null ? null : (JSON.parse(methodHint) as MethodHint),
  }));
}
