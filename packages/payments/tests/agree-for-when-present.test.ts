import type { Row } from '@onfile/db/database.ts';
import { findAgreement } from '@onfile/db/tables/agreements.ts';
import { findOrder } from '@onfile/db/tables/orders.ts';
import { agree } from '@onfile/dev-env/agree.ts';
import { completeSetup } from '@onfile/dev-env/complete-setup.ts';
import { confirmIntent } from '@onfile/dev-env/confirm-intent.ts';
import { orderWithPlan } from '@onfile/dev-env/place-order.ts';
import { publishTermsIn } from '@onfile/dev-env/publish-terms-in.ts';
import { customerNamed } from '@onfile/dev-env/save-card.ts';
import { staffCharge } from '@onfile/dev-env/staff-charge.ts';
import { describeOnBothDatabases } from '@onfile/dev-env/test-database.ts';
import { openTestRuntime } from '@onfile/dev-env/test-runtime.ts';
import type { TestRuntime } from '@onfile/dev-env/test-runtime.ts';
import type Stripe from 'stripe';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { chargeSavedMethod } from '../src/charging/charge-saved-method.ts';
import { lookAtOrder } from '../src/checkout/look-at-order.ts';
import { settlePaymentSession } from '../src/checkout/settle-payment-session.ts';
import { startCheckout } from '../src/checkout/start-checkout.ts';
import { startPaymentIntent } from '../src/checkout/start-payment-intent.ts';

const purpose = 'show_again';
const deposit = { kind: 'deposit', depositPercent: 30, balanceDaysBefore: 14 } as const;

describeOnBothDatabases('terms that hold only while the shopper is there', (dialect) => {
  let test: TestRuntime;
  let customer: Row<'customers'>;
  beforeEach(async () => {
    test = await openTestRuntime({ dialect });
    customer = await customerNamed(test.runtime, 'ada');
    await publishTermsIn(test.runtime, { purpose, currency: 'usd', usage: 'on_session' });
  });
  afterEach(() => test.close());

  const acceptance = () => agree(test.runtime, true, purpose);

  async function payByPage(order: Row<'orders'>): Promise<void> {
    const { clientSecret } = await startCheckout(test.runtime, {
      customer,
      orderId: order.id,
      uiMode: 'elements',
      acceptance: await acceptance(),
    });
    const session = clientSecret?.split('_secret_')[0] ?? '';
    await completeSetup(test, session, '4242424242424242');
    await settlePaymentSession(test.runtime, session, { kind: 'stripe' });
  }

  async function payByIntent(order: Row<'orders'>): Promise<void> {
    const { clientSecret } = await startPaymentIntent(test.runtime, {
      customer,
      orderId: order.id,
      acceptance: await acceptance(),
      keep: false,
    });
    await confirmIntent(test, clientSecret, '4242424242424242');
    await lookAtOrder(test.runtime, { customerId: customer.id, orderId: order.id });
  }

  it.each([
    ['in Checkout', payByPage],
    ['by an intent on our page', payByIntent],
  ])('keep the card %s for that, and let nobody charge it later', async (_where, pay) => {
    const order = await orderWithPlan(test.runtime, customer, { kind: 'full' });
    await pay(order);
    const intents = (await test.control.objects(
      'payment_intent',
    )) as unknown as Stripe.PaymentIntent[];
    expect(intents).toMatchObject([{ status: 'succeeded', setup_future_usage: 'on_session' }]);
    const { agreementId } = (await findOrder(test.runtime.db, order.id)) ?? {};
    const agreement = await findAgreement(test.runtime.db, agreementId ?? '');
    expect(agreement).toMatchObject({ status: 'active', usage: 'on_session', purpose });
    const method = await test.runtime.db
      .selectFrom('paymentMethods')
      .selectAll()
      .executeTakeFirstOrThrow();
    expect(method).toMatchObject({ status: 'attached', last4: '4242' });
    customer = await customerNamed(test.runtime, 'ada');
    const charge = staffCharge({ customer, method, agreementId: agreementId ?? '' });
    await expect(chargeSavedMethod(test.runtime, charge)).rejects.toMatchObject({
      code: 'agreement_covers_other_purpose',
    });
  });

  it('are refused for an order whose balance is charged later', async () => {
    const order = await orderWithPlan(test.runtime, customer, deposit);
    const start = {
      customer,
      orderId: order.id,
      uiMode: 'elements',
      acceptance: await acceptance(),
    };
    await expect(
      startCheckout(test.runtime, { ...start, uiMode: 'elements' as const }),
    ).rejects.toMatchObject({ code: 'agreement_covers_other_purpose', field: 'termsVersionId' });
    await expect(startPaymentIntent(test.runtime, { ...start, keep: false })).rejects.toMatchObject(
      { code: 'agreement_covers_other_purpose' },
    );
  });
});
