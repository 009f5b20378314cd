import type { Row } from '@onfile/db/database.ts';
import { canBeHeld, paysIn } from '../stripe/method-types.ts';
import type { Dependants } from './replace-payment-method.ts';

/**
 * Whether a method can do what another one was kept for: a bank account is debited in its own currency
 * alone, under a mandate that stands, and nothing is held on it.
 */
export function canStandIn(
  method: Pick<Row<'paymentMethods'>, 'mandateStatus' | 'type'>,
  { agreements, payments }: Dependants,
): boolean {
  if (method.mandateStatus === 'inactive') return false;
  return (
    [...agreements, ...payments].every(({ currency }) => paysIn(method.type, currency)) &&
    payments.every(({ kind }) => kind !== 'hold' || canBeHeld(method.type))
  );
}
