import type { Db } from '@onfile/db/database.ts';
import { methodHasOpenAttempt } from '@onfile/db/tables/attempts.ts';
import { methodHasMoneyUnderWay } from '@onfile/db/tables/payments.ts';

/** Whether a charge with it is under way, a debit on its way, or money held: it must stay then. */
export async function isMethodInUse(db: Db, paymentMethodId: string): Promise<boolean> {
  return (
    (await methodHasOpenAttempt(db, paymentMethodId)) ||
    (await methodHasMoneyUnderWay(db, paymentMethodId))
  );
}
