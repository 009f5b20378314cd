import { agree } from '@onfile/dev-env/agree.ts';
import { completeSetup } from '@onfile/dev-env/complete-setup.ts';
import { orderWithPlan } from '@onfile/dev-env/place-order.ts';
import { describeOnBothDatabases } from '@onfile/dev-env/test-database.ts';
import { openTestRuntime } from '@onfile/dev-env/test-runtime.ts';
import type { TestRuntime } from '@onfile/dev-env/test-runtime.ts';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { keepCardForOrder } from '../src/checkout/keep-card-for-order.ts';
import { settlePaymentSession } from '../src/checkout/settle-payment-session.ts';
import { startCheckout } from '../src/checkout/start-checkout.ts';
import { claimOrder } from '../src/customers/claim-order.ts';
import { ensureCustomer } from '../src/customers/ensure-customer.ts';
import { ensureGuest } from '../src/customers/ensure-guest.ts';
import { findGuest } from '../src/customers/find-guest.ts';
import { getSetupResult } from '../src/setup/get-setup-result.ts';

const mastercard = '5555555555554444';

describeOnBothDatabases('a guest’s order', (dialect) => {
  let test: TestRuntime;
  beforeEach(async () => {
    test = await openTestRuntime({ dialect });
  });
  afterEach(() => test.close());

  const shopper = (name: string, emailVerified = true) => ({
    userId: `user-${name}`,
    email: `${name}@example.com`,
    name,
    emailVerified,
  });

  const guestNamed = (name: string) =>
    ensureGuest(test.runtime, { guestId: null, email: `${name}@example.com`, name: null });

  it('joins by its number and card also when the card was not kept', async () => {
    const guest = await guestNamed('ada');
    const order = await orderWithPlan(test.runtime, guest, { kind: 'full' });
    const { clientSecret } = await startCheckout(test.runtime, {
      customer: guest,
      orderId: order.id,
      uiMode: 'embedded_page',
      acceptance: null,
    });
    const session = clientSecret?.split('_secret_')[0] ?? '';
    await completeSetup(test, session, mastercard, { email: guest.email });
    await settlePaymentSession(test.runtime, session, { kind: 'shopper', id: guest.id });
    const account = await ensureCustomer(test.runtime, shopper('other', false));
    const claim = { account, orderNumber: order.number, ipAddress: null };
    const wrong = claimOrder(test.runtime, { ...claim, last4: '4242' });
    await expect(wrong).rejects.toMatchObject({ code: 'claim_not_matched' });
    await claimOrder(test.runtime, { ...claim, last4: '4444' });
    const { customerId } = await test.runtime.db
      .selectFrom('orders')
      .select('customerId')
      .executeTakeFirstOrThrow();
    expect(customerId).toBe(account.id);
    // Once joined it is nobody's to claim, not with the right card either.
    const eve = await ensureCustomer(test.runtime, shopper('eve'));
    const again = claimOrder(test.runtime, { ...claim, account: eve, last4: '4444' });
    await expect(again).rejects.toMatchObject({ code: 'claim_not_matched' });
  });

  it('joins by its number and card also when the card was kept and has paid nothing', async () => {
    const guest = await guestNamed('ada');
    const plan = { kind: 'card_kept', feePercent: 50, freeCancellationHours: 48 } as const;
    const order = await orderWithPlan(test.runtime, guest, plan);
    const started = await keepCardForOrder(test.runtime, {
      customer: guest,
      orderId: order.id,
      uiMode: 'embedded_page',
      acceptance: await agree(test.runtime),
    });
    const account = await ensureCustomer(test.runtime, shopper('ada'));
    const right = { account, orderNumber: order.number, last4: '4444', ipAddress: null };
    await expect(claimOrder(test.runtime, right)).rejects.toMatchObject({
      code: 'claim_not_matched',
    });
    const secret = 'clientSecret' in started ? started.clientSecret : '';
    const stripeSessionId = secret.split('_secret_')[0] ?? '';
    await completeSetup(test, stripeSessionId, mastercard, { email: guest.email });
    await getSetupResult(test.runtime, { customerId: guest.id, stripeSessionId });
    await claimOrder(test.runtime, right);
    expect(await findGuest(test.runtime, guest.id)).toBeUndefined();
  });
});
