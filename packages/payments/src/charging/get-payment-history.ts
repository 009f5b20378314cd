import type { Db, Row } from '@onfile/db/database.ts';
import { listAttempts } from '@onfile/db/tables/attempts.ts';
import { listAudit } from '@onfile/db/tables/audit-log.ts';
import { findLiveIntent } from '@onfile/db/tables/payment-intents.ts';

/** How a payment came to be what it is: its live intent, its attempts and the audit log's facts. */
export async function getPaymentHistory(
  db: Db,
  paymentId: string,
): Promise<{
  stripePaymentIntentId: string | null;
  attempts: Row<'attempts'>[];
  facts: Row<'auditLog'>[];
}> {
  const live = await findLiveIntent(db, paymentId);
  return {
    stripePaymentIntentId: live?.stripePaymentIntentId ?? null,
    attempts: await listAttempts(db, paymentId),
    facts: await listAudit(db, paymentId),
  };
}
