import type { Row } from '@onfile/db/database.ts';
import { findCustomer } from '@onfile/db/tables/customers.ts';
import { listOrderPayments } from '@onfile/db/tables/payments.ts';
import { completeSetup } from '@onfile/dev-env/complete-setup.ts';
import { orderWithPlan } from '@onfile/dev-env/place-order.ts';
import { customerNamed, guestNamed, openSetup } from '@onfile/dev-env/save-card.ts';
import { describeOnBothDatabases } from '@onfile/dev-env/test-database.ts';
import { openAnotherRuntime, openTestRuntime } from '@onfile/dev-env/test-runtime.ts';
import type { TestRuntime } from '@onfile/dev-env/test-runtime.ts';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { settlePaymentSession } from '../src/checkout/settle-payment-session.ts';
import { startCheckout } from '../src/checkout/start-checkout.ts';
import { claimOrder } from '../src/customers/claim-order.ts';

const rounds = Array.from({ length: 12 }, (_, round) => `ada-${String(round)}`);

describeOnBothDatabases('a guest who becomes an account in that very moment', (dialect) => {
  let test: TestRuntime;
  beforeEach(async () => {
    test = await openTestRuntime({ dialect });
  });
  afterEach(() => test.close());

  const join = async (name: string, order: Row<'orders'>) => {
    const account = await customerNamed(test.runtime, name);
    const claim = { account, orderNumber: order.number, last4: '4242', ipAddress: null };
    return claimOrder(test.runtime, claim).then(
      () => 'joined',
      (error: { code: string }) => error.code,
    );
  };

  it('keeps what was paid, whoever settles it: nobody waits for the other for good', async () => {
    const webhook = openAnotherRuntime(test, 'webhook');
    for (const name of rounds) {
      const guest = await guestNamed(test.runtime, name);
      const order = await orderWithPlan(test.runtime, guest, { kind: 'full' });
      const { clientSecret } = await startCheckout(test.runtime, {
        customer: guest,
        orderId: order.id,
        uiMode: 'embedded_page',
        acceptance: null,
      });
      const session = clientSecret?.split('_secret_')[0] ?? '';
      await completeSetup(test, session, '4242424242424242', { email: guest.email });
      const settle = (runtime = test.runtime) =>
        settlePaymentSession(runtime, session, { kind: 'stripe' });
      const [first, second, joined] = await Promise.all([
        settle(),
        settle(webhook.runtime),
        join(name, order),
      ]);
      expect([first, second]).toEqual(['paid', 'paid']);
      expect(['joined', 'claim_not_matched']).toContain(joined);
      expect(await listOrderPayments(test.runtime.db, order.id)).toMatchObject([
        { status: 'succeeded' },
      ]);
    }
    await webhook.close();
  });

  it('leaves nothing new with the guest, where the account would not see it', async () => {
    for (const name of rounds) {
      const guest = await guestNamed(test.runtime, name);
      const order = await orderWithPlan(test.runtime, guest, { kind: 'full' });
      const { clientSecret } = await startCheckout(test.runtime, {
        customer: guest,
        orderId: order.id,
        uiMode: 'embedded_page',
        acceptance: null,
      });
      const session = clientSecret?.split('_secret_')[0] ?? '';
      await completeSetup(test, session, '4242424242424242', { email: guest.email });
      await settlePaymentSession(test.runtime, session, { kind: 'stripe' });
      const known = await findCustomer(test.runtime.db, guest.id);
      if (!known) throw new Error('the guest is gone');
      const begun = (call: Promise<unknown>) =>
        call.then(
          () => 'begun',
          (error: { code: string }) => error.code,
        );
      const [joined, setup, placed] = await Promise.all([
        join(name, order),
        begun(openSetup(test.runtime, known)),
        begun(orderWithPlan(test.runtime, known, { kind: 'full' })),
      ]);
      expect(joined).toBe('joined');
      for (const answer of [setup, placed]) expect(['begun', 'guests_only']).toContain(answer);
      for (const table of ['checkoutSessions', 'orders', 'agreements', 'payments'] as const) {
        const left = test.runtime.db.selectFrom(table).select('id');
        expect(await left.where('customerId', '=', guest.id).execute()).toEqual([]);
      }
    }
  });
});
