import type { Row } from '@onfile/db/database.ts';
import { findOrder } from '@onfile/db/tables/orders.ts';
import { listOrderPayments } from '@onfile/db/tables/payments.ts';
import { agree } from '@onfile/dev-env/agree.ts';
import { completeSetup, testAccounts } from '@onfile/dev-env/complete-setup.ts';
import type { TypedMethod } from '@onfile/dev-env/complete-setup.ts';
import { orderWithPlan } from '@onfile/dev-env/place-order.ts';
import { customerNamed } from '@onfile/dev-env/save-card.ts';
import { describeOnBothDatabases } from '@onfile/dev-env/test-database.ts';
import { openTestRuntime } from '@onfile/dev-env/test-runtime.ts';
import type { TestRuntime } from '@onfile/dev-env/test-runtime.ts';
import { waitUntil } from '@onfile/dev-env/wait-until.ts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Acceptance } from '../src/agreements/accept-terms.ts';
import { getCheckoutResult } from '../src/checkout/get-checkout-result.ts';
import { lookAtOrder } from '../src/checkout/look-at-order.ts';
import { settlePaymentSession } from '../src/checkout/settle-payment-session.ts';
import { startCheckout } from '../src/checkout/start-checkout.ts';
import { processInbox } from '../src/webhooks/process-inbox.ts';

const failing = { ...testAccounts.sepa, iban: 'AT861904300235473202' };

describeOnBothDatabases('paying an order by debit', (dialect) => {
  let test: TestRuntime;
  let customer: Row<'customers'>;
  beforeEach(async () => {
    test = await openTestRuntime({ dialect, webhooks: true });
    customer = await customerNamed(test.runtime, 'ada');
  });
  afterEach(() => test.close());

  const payments = (order: Row<'orders'>) => listOrderPayments(test.runtime.db, order.id);
  const orderIn = (currency: string) =>
    orderWithPlan(test.runtime, customer, { kind: 'full' }, { amountMinor: 4_800, currency });

  const openPage = async (order: Row<'orders'>, acceptance: Acceptance | null = null) => {
    const start = {
      customer,
      orderId: order.id,
      uiMode: 'embedded_page',
      acceptance,
    } as const;
    const { clientSecret } = await startCheckout(test.runtime, start);
    return clientSecret?.split('_secret_')[0] ?? '';
  };

  async function payBy(order: Row<'orders'>, typed: TypedMethod): Promise<string | null> {
    const session = await openPage(order);
    await completeSetup(test, session, typed);
    return settlePaymentSession(test.runtime, session, { kind: 'stripe' });
  }

  const becomes = (order: Row<'orders'>, status: string) =>
    waitUntil(`the payment is ${status}`, async () => {
      await processInbox(test.runtime);
      return (await payments(order))[0]?.status === status;
    });

  it('in euros is under way for days, nothing else can be paid, and then it is paid', async () => {
    const order = await orderIn('eur');
    expect(await payBy(order, testAccounts.sepa)).toBe('processing');
    expect(await payments(order)).toMatchObject([{ status: 'processing' }]);
    await expect(openPage(order)).rejects.toMatchObject({ code: 'payment_under_way' });
    await test.control.advanceClock(60);
    await becomes(order, 'succeeded');
    expect(await findOrder(test.runtime.db, order.id)).toMatchObject({ status: 'paid' });
  });

  it('that fails is owed again, and may be paid by card', async () => {
    const order = await orderIn('eur');
    expect(await payBy(order, failing)).toBe('processing');
    await test.control.advanceClock(60);
    await becomes(order, 'requires_payment_method');
    const session = await openPage(order);
    await completeSetup(test, session, '4242424242424242');
    expect(await settlePaymentSession(test.runtime, session, { kind: 'stripe' })).toBe('paid');
    expect(await findOrder(test.runtime.db, order.id)).toMatchObject({ status: 'paid' });
  });

  it('is offered in the currencies that have it, and where the shop wants it', async () => {
    const offered = async (currency: string) => {
      const id = await openPage(await orderIn(currency));
      const session = await test.runtime.stripe.checkout.sessions.retrieve(id);
      return session.payment_method_types;
    };
    expect(await offered('eur')).toEqual(['card', 'sepa_debit']);
    expect(await offered('aud')).toEqual(['card', 'au_becs_debit']);
    expect(await offered('usd')).toEqual(['card', 'us_bank_account']);
    expect(await offered('jpy')).toEqual(['card']);
    test.runtime.settings.bankDebits = false;
    expect(await offered('eur')).toEqual(['card']);
  });

  it('in Australian dollars is under way first', async () => {
    expect(await payBy(await orderIn('aud'), testAccounts.becs)).toBe('processing');
  });

  describe('in US dollars', () => {
    const result = (order: Row<'orders'>, stripeSessionId: string) =>
      getCheckoutResult(test.runtime, {
        customerId: customer.id,
        orderId: order.id,
        stripeSessionId,
      });

    /** An order whose account has to prove itself by small deposits. */
    async function paidByAccount() {
      const order = await orderIn('usd');
      const session = await openPage(order);
      await completeSetup(test, session, testAccounts.ach);
      const shown = await result(order, session);
      const intent = (await test.runtime.stripe.checkout.sessions.retrieve(session)).payment_intent;
      return { order, session, shown, intent: intent as string };
    }

    it('waits for two small deposits, and tells the shopper where to confirm them', async () => {
      const { order, shown } = await paidByAccount();
      const verify = {
        url: expect.stringContaining('/microdeposits/') as string,
        arrivesAt: expect.any(Number) as number,
      };
      expect(shown).toEqual({ state: 'confirm_deposits', verify });
      expect(await payments(order)).toMatchObject([{ status: 'requires_action' }]);
      const ask = { customerId: customer.id, orderId: order.id };
      expect(await lookAtOrder(test.runtime, ask)).toMatchObject({ state: 'needs_step', verify });
    });

    it('is under way once they are confirmed, and then paid', async () => {
      const { order, session, intent } = await paidByAccount();
      const { paymentIntents } = test.runtime.stripe;
      await paymentIntents.verifyMicrodeposits(intent, { amounts: [32, 45] });
      await becomes(order, 'processing');
      expect(await result(order, session)).toEqual({ state: 'processing' });
      await test.control.advanceClock(4 * 86_400);
      await becomes(order, 'succeeded');
      expect(await result(order, session)).toEqual({ state: 'paid' });
    });

    it('is named on the balance once it has proven itself, days after the page was done', async () => {
      const plan = { kind: 'deposit', depositPercent: 30, balanceDaysBefore: 14 } as const;
      const order = await orderWithPlan(test.runtime, customer, plan);
      const session = await openPage(order, await agree(test.runtime));
      await completeSetup(test, session, testAccounts.ach);
      expect(await result(order, session)).toMatchObject({ state: 'confirm_deposits' });
      const { payment_intent: intent } =
        await test.runtime.stripe.checkout.sessions.retrieve(session);
      const { paymentIntents } = test.runtime.stripe;
      await paymentIntents.verifyMicrodeposits(intent as string, { amounts: [32, 45] });
      await becomes(order, 'processing');
      const [paid, balance] = await payments(order);
      const [account] = await test.runtime.db.selectFrom('paymentMethods').select('id').execute();
      expect(paid?.paymentMethodId).toBe(account?.id);
      expect(balance).toMatchObject({ paymentMethodId: account?.id, nextStep: 'charge' });
    });

    it('is owed again when they were named wrongly too often', async () => {
      const { order, intent } = await paidByAccount();
      const { paymentIntents } = test.runtime.stripe;
      const wrong = paymentIntents.verifyMicrodeposits(intent, { amounts: [10, 11] });
      await expect(wrong).rejects.toMatchObject({ statusCode: 400 });
      await becomes(order, 'requires_payment_method');
      const session = await openPage(order);
      await completeSetup(test, session, '4242424242424242');
      expect(await result(order, session)).toEqual({ state: 'paid' });
    });
  });
});
