import type { Row } from '@onfile/db/database.ts';
import { findAgreement } from '@onfile/db/tables/agreements.ts';
import { findOrder } from '@onfile/db/tables/orders.ts';
import { listOrderPayments } from '@onfile/db/tables/payments.ts';
import { agree } from '@onfile/dev-env/agree.ts';
import { completeSetup } from '@onfile/dev-env/complete-setup.ts';
import { confirmIntent } from '@onfile/dev-env/confirm-intent.ts';
import { orderWithPlan } from '@onfile/dev-env/place-order.ts';
import { customerNamed } from '@onfile/dev-env/save-card.ts';
import { describeOnBothDatabases } from '@onfile/dev-env/test-database.ts';
import { openTestRuntime } from '@onfile/dev-env/test-runtime.ts';
import type { TestRuntime } from '@onfile/dev-env/test-runtime.ts';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { draftTerms, publishTerms } from '../src/agreements/publish-terms.ts';
import type { Cap } from '../src/agreements/terms-caps.ts';
import { currentTerms, firstPurpose, sectionsOf } from '../src/agreements/terms.ts';
import { withdrawAgreement } from '../src/agreements/withdraw-agreement.ts';
import { getCheckoutResult } from '../src/checkout/get-checkout-result.ts';
import { keepCardForOrder } from '../src/checkout/keep-card-for-order.ts';
import { lookAtOrder } from '../src/checkout/look-at-order.ts';
import { settlePaymentSession } from '../src/checkout/settle-payment-session.ts';
import { startCheckout } from '../src/checkout/start-checkout.ts';
import { startPaymentIntent } from '../src/checkout/start-payment-intent.ts';

const visa = '4242424242424242';
const mastercard = '5555555555554444';
const hold = { kind: 'hold', daysBefore: 1 } as const;
const deposit = { kind: 'deposit', depositPercent: 30, balanceDaysBefore: 14 } as const;
const dayMs = 24 * 60 * 60 * 1000;

describeOnBothDatabases('agreeing again for an order', (dialect) => {
  let test: TestRuntime;
  let customer: Row<'customers'>;
  beforeEach(async () => {
    test = await openTestRuntime({ dialect });
    customer = await customerNamed(test.runtime, 'ada');
  });
  afterEach(() => test.close());

  const payments = (order: Row<'orders'>) => listOrderPayments(test.runtime.db, order.id);
  const agreementOf = async (order: Row<'orders'>) => {
    const id = (await findOrder(test.runtime.db, order.id))?.agreementId;
    return id ? findAgreement(test.runtime.db, id) : undefined;
  };

  async function openToKeep(order: Row<'orders'>): Promise<string> {
    const acceptance = await agree(test.runtime);
    const start = { customer, orderId: order.id, uiMode: 'elements', acceptance } as const;
    const started = await keepCardForOrder(test.runtime, start);
    if (!('clientSecret' in started)) throw new Error('asked for a form, got a page');
    return started.clientSecret.split('_secret_')[0] ?? '';
  }

  async function keep(order: Row<'orders'>, session: string, card: string): Promise<void> {
    await completeSetup(test, session, card);
    const ask = { customerId: customer.id, orderId: order.id, stripeSessionId: session };
    expect(await getCheckoutResult(test.runtime, ask)).toEqual({ state: 'kept' });
  }

  async function openToPay(order: Row<'orders'>, agreeing: boolean): Promise<string> {
    const acceptance = agreeing ? await agree(test.runtime) : null;
    const start = { customer, orderId: order.id, uiMode: 'elements', acceptance } as const;
    const { clientSecret } = await startCheckout(test.runtime, start);
    return clientSecret?.split('_secret_')[0] ?? '';
  }

  async function payDeposit(order: Row<'orders'>): Promise<void> {
    const session = await openToPay(order, true);
    await completeSetup(test, session, visa);
    await settlePaymentSession(test.runtime, session, { kind: 'stripe' });
  }

  async function withdraw(order: Row<'orders'>): Promise<void> {
    const agreementId = (await agreementOf(order))?.id ?? '';
    await withdrawAgreement(test.runtime, { customerId: customer.id, agreementId });
  }

  it('in two tabs takes nothing from the one in which the card was kept', async () => {
    const order = await orderWithPlan(test.runtime, customer, hold);
    const [first] = [await openToKeep(order), await openToKeep(order)];
    await keep(order, first, visa);
    const kept = await agreementOf(order);
    expect(kept).toMatchObject({ status: 'active' });
    await openToKeep(order);
    expect(await agreementOf(order)).toEqual(kept);
    expect(await payments(order)).toMatchObject([{ agreementId: kept?.id, nextStep: 'charge' }]);
  });

  it.each([
    ['a hold', hold],
    ['a balance', deposit],
  ])('after a withdrawal: %s relies on the new agreement and its card', async (_what, plan) => {
    const order = await orderWithPlan(test.runtime, customer, plan);
    if (plan.kind === 'hold') await keep(order, await openToKeep(order), visa);
    else await payDeposit(order);
    const toCome = async () => (await payments(order)).at(-1);
    expect(await toCome()).toMatchObject({ nextStep: 'charge' });
    await withdraw(order);
    const waiting = await toCome();
    expect(waiting).toMatchObject({ nextStepReason: 'agreement_not_active' });

    await keep(order, await openToKeep(order), mastercard);
    const agreement = await agreementOf(order);
    expect(agreement).toMatchObject({ status: 'active' });
    const after = await toCome();
    expect(after).toMatchObject({ agreementId: agreement?.id, nextStep: 'charge' });
    expect(after?.paymentMethodId).not.toBe(waiting?.paymentMethodId);
  });

  it('is not asked for while the card of its balance is kept', async () => {
    const order = await orderWithPlan(test.runtime, customer, deposit);
    await payDeposit(order);
    await expect(openToKeep(order)).rejects.toMatchObject({ code: 'order_not_payable' });
  });

  it('when the time of the first yes is over makes a new agreement', async () => {
    const { runtime } = test;
    const first = await currentTerms(runtime, { purpose: firstPurpose, locale: 'en' });
    const draft = {
      purpose: firstPurpose,
      locale: 'en',
      sections: sectionsOf(first),
      caps: [{ capAmountMinor: 50_000, currency: 'usd' }] as [Cap],
      usage: 'off_session' as const,
      validDays: 30,
      staffId: 'staff-1',
    };
    await draftTerms(runtime, draft);
    await publishTerms(runtime, draft);
    const order = await orderWithPlan(runtime, customer, deposit);
    await openToPay(order, true);
    test.clock.advance(31 * dayMs);
    await payDeposit(order);
    const [, balance] = await payments(order);
    expect(balance).toMatchObject({
      nextStep: 'charge',
      agreementId: expect.any(String) as string,
    });
  });

  it('and then paying without a yes names the card in nothing', async () => {
    const order = await orderWithPlan(test.runtime, customer, { kind: 'full' });
    await openToPay(order, true);
    const start = { customer, orderId: order.id, acceptance: null, keep: true };
    const { clientSecret } = await startPaymentIntent(test.runtime, start);
    await confirmIntent(test, clientSecret, visa);
    const ask = { customerId: customer.id, orderId: order.id };
    expect(await lookAtOrder(test.runtime, ask)).toMatchObject({ state: 'paid' });
    expect(await test.runtime.db.selectFrom('paymentMethods').selectAll().execute()).toHaveLength(
      1,
    );
    const named = await test.runtime.db.selectFrom('agreementMethods').selectAll().execute();
    expect(named).toEqual([]);
  });
});
