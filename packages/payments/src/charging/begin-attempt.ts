import type { Row, Tx } from '@onfile/db/database.ts';
import type { StripeOwner } from '../customers/stripe-owner.ts';
import type { Runtime } from '../runtime.ts';
import { attemptRequest } from './attempt-request.ts';
import { writeAttempt } from './write-attempt.ts';

/**
 * Writes the next attempt of a payment whose shopper is away. From here on its amount is reserved
 * under the agreement's cap.
 * @throws the database's unique violation when an attempt of this payment is open
 */
export function beginAttempt(
  tx: Tx,
  runtime: Runtime,
  payment: Row<'payments'>,
  by: { method: Row<'paymentMethods'>; owner: StripeOwner },
): Promise<Row<'attempts'>> {
  return writeAttempt(tx, runtime, payment, by.method, ({ attemptId, live }) =>
    attemptRequest(
      payment,
      { ...by.method, id: attemptId },
      {
        owner: by.owner,
        live,
        extendsHolds: runtime.settings.extendedHolds,
      },
    ),
  );
}
