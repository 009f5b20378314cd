import type { OperationKind, Row } from '@onfile/db/database.ts';
import { claim } from '@onfile/db/lease.ts';
import { finishCreateCustomer } from '../customers/ensure-stripe-customer.ts';
import { finishDetach } from '../payment-methods/detach-payment-method.ts';
import type { Runtime } from '../runtime.ts';
import { finishCreateSession } from '../setup/start-setup.ts';

const leaseMs = 60_000;

/** How each kind of call is finished after the process that began it has died. */
const finish: Record<
  OperationKind,
  (runtime: Runtime, operation: Row<'stripeOperations'>) => Promise<unknown>
> = {
  create_customer: finishCreateCustomer,
  create_session: finishCreateSession,
  detach_payment_method: finishDetach,
};

/**
 * Takes operations that nobody is finishing, and finishes them.
 * @returns how many were taken
 */
export async function finishOperations(runtime: Runtime): Promise<number> {
  const operations = await claim(runtime.db, 'stripeOperations', {
    holder: runtime.leaseHolder,
    now: runtime.clock.now(),
    leaseMs,
    limit: 10,
  });
  for (const operation of operations) {
    try {
      await finish[operation.kind](runtime, operation);
    } catch (error) {
      runtime.log.error({ operation: operation.id, err: error }, 'operation not finished');
    }
  }
  return operations.length;
}
