import type { Db } from '@onfile/db/database.ts';
import { sumUnderAgreement } from '@onfile/db/tables/payments.ts';

/** What counts against an agreement's cap, in minor units of its currency. */
export function usedUnderAgreement(db: Db, agreementId: string): Promise<number> {
  return sumUnderAgreement(db, agreementId);
}
