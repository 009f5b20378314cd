import type { Constellation } from './constellation.ts';
import { scheduleBalance } from './schedule-balance.ts';
import { withRuntime } from './with-runtime.ts';

/** A balance of 45 USD that falls due in ten days, on the one card that a shopper has saved. */
export async function scheduleForShopper(onfile: Constellation, email: string): Promise<void> {
  await withRuntime(onfile, async (runtime) => {
    const { customerId, methodId, agreementId } = await runtime.db
      .selectFrom('customers')
      .innerJoin('paymentMethods', 'paymentMethods.customerId', 'customers.id')
      .innerJoin('agreementMethods', 'agreementMethods.paymentMethodId', 'paymentMethods.id')
      .select([
        'customers.id as customerId',
        'paymentMethods.id as methodId',
        'agreementMethods.agreementId',
      ])
      .where('customers.email', '=', email)
      .executeTakeFirstOrThrow();
    const on = { customer: { id: customerId }, method: { id: methodId }, agreementId };
    await scheduleBalance(runtime, on, { reason: 'Boat trip (K7MQ-92TX)' });
  });
}
