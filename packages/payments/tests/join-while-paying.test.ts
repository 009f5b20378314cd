import type { Row } from '@onfile/db/database.ts';
import { findCustomer, lockCustomer } from '@onfile/db/tables/customers.ts';
import { listOrderPayments } from '@onfile/db/tables/payments.ts';
import { inTransaction } from '@onfile/db/transaction.ts';
import { completeSetup } from '@onfile/dev-env/complete-setup.ts';
import { orderWithPlan } from '@onfile/dev-env/place-order.ts';
import { countFreePayments, isSomebodyWaiting } from '@onfile/dev-env/row-locks.ts';
import { customerNamed, guestNamed, openSetup } from '@onfile/dev-env/save-card.ts';
import { describeOnBothDatabases } from '@onfile/dev-env/test-database.ts';
import { openAnotherRuntime, openTestRuntime } from '@onfile/dev-env/test-runtime.ts';
import type { TestRuntime } from '@onfile/dev-env/test-runtime.ts';
import { waitUntil } from '@onfile/dev-env/wait-until.ts';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { settlePaymentSession } from '../src/checkout/settle-payment-session.ts';
import { startCheckout } from '../src/checkout/start-checkout.ts';
import { claimOrder } from '../src/customers/claim-order.ts';
import { settlePaymentIntent } from '../src/state/settle-payment-intent.ts';

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

  /** A guest has paid on Stripe's page, and we do not know of it yet. */
  async function payAsGuest(name: string) {
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
    return { guest, order, session, settle };
  }

  // SQLite has one writer at a time.
  it.runIf(dialect === 'postgres')(
    'is waited for before the payment is held, so that it can hold the payment itself',
    async () => {
      const other = openAnotherRuntime(test, 'joining');
      const { guest, order, session } = await payAsGuest('ada');
      const { stripe, clock } = test.runtime;
      const paid = await stripe.checkout.sessions.retrieve(session, { expand: ['payment_intent'] });
      const intent = paid.payment_intent;
      if (!intent || typeof intent === 'string') throw new Error('nothing was paid');
      const news = { intent, asOf: clock.now(), actor: { kind: 'stripe' as const } };
      const { settling, free } = await inTransaction(other.runtime.db, async (tx) => {
        await lockCustomer(tx, guest.id);
        const begun = settlePaymentIntent(test.runtime, news);
        await waitUntil('the settling waits for the customer', () =>
          isSomebodyWaiting(test.runtime.db),
        );
        return { settling: begun, free: await countFreePayments(tx, order.id) };
      });
      expect(free).toBe(1);
      expect(await settling).toBe(true);
      await other.close();
    },
  );

  it('keeps what was paid, whoever settles it: nobody waits for the other for good', async () => {
    const webhook = openAnotherRuntime(test, 'webhook');
    for (const name of rounds) {
      const { order, settle } = await payAsGuest(name);
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
      const { guest, order, settle } = await payAsGuest(name);
      await settle();
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
