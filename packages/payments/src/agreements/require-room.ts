import type { Row, Tx } from '@onfile/db/database.ts';
import { sumUnderAgreement } from '@onfile/db/tables/payments.ts';
import { formatAmount } from '../money.ts';
import { Refusal } from '../refusal.ts';
import { leftUnderCap } from './check-cap.ts';

/**
 * Whether so much more fits under an agreement's cap; the customer's row must be held, so that two never both
 * fit.
 * @param amountMinor in the minor unit of the agreement's currency
 * @throws Refusal `agreement_cap_exceeded` at `amount`
 */
export async function requireRoom(
  tx: Tx,
  agreement: Row<'agreements'>,
  amountMinor: number,
): Promise<void> {
  const left = leftUnderCap(agreement.capAmountMinor, await sumUnderAgreement(tx, agreement.id));
  if (amountMinor <= left) return;
  throw new Refusal('agreement_cap_exceeded', 'amount', {
    left: formatAmount(left, agreement.currency),
    cap: formatAmount(agreement.capAmountMinor, agreement.currency),
  });
}
