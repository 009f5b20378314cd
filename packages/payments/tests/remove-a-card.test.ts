import { saveCard } from '@onfile/dev-env/save-card.ts';
import { staffCharge } from '@onfile/dev-env/staff-charge.ts';
import { describeOnBothDatabases } from '@onfile/dev-env/test-database.ts';
import { openTestRuntime } from '@onfile/dev-env/test-runtime.ts';
import type { TestRuntime } from '@onfile/dev-env/test-runtime.ts';
import { waitUntil } from '@onfile/dev-env/wait-until.ts';
import { listAudit } from '@onfile/db/tables/audit-log.ts';
import { findPaymentMethod } from '@onfile/db/tables/payment-methods.ts';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { chargeSavedMethod } from '../src/charging/charge-saved-method.ts';
import { detachPaymentMethod } from '../src/payment-methods/detach-payment-method.ts';
import { finishOperations } from '../src/worker/finish-operations.ts';

describeOnBothDatabases('removing a card', (dialect) => {
  let test: TestRuntime;
  beforeEach(async () => {
    test = await openTestRuntime({ dialect });
  });
  afterEach(() => test.close());

  const detachCalls = async () =>
    (await test.control.requests({ method: 'POST' })).filter(({ path }) =>
      path.endsWith('/detach'),
    );

  it('detaches it at Stripe as well', async () => {
    const { customer, method } = await saveCard(test, 'ada', '4242424242424242');
    const removal = { customerId: customer.id, paymentMethodId: method.id };
    expect(await detachPaymentMethod(test.runtime, removal)).toBe('detached');
    const atStripe = await test.runtime.stripe.paymentMethods.retrieve(
      method.stripePaymentMethodId,
    );
    expect(atStripe.customer).toBeNull();
    expect(await findPaymentMethod(test.runtime.db, method.id)).toMatchObject({
      status: 'detached',
    });
    expect(await detachPaymentMethod(test.runtime, removal)).toBe('detached');
    expect(await detachCalls()).toHaveLength(1);
  });

  it('is nobody else’s to remove', async () => {
    const { method } = await saveCard(test, 'ada', '4242424242424242');
    const eve = await saveCard(test, 'eve', '4242424242424242');
    const removal = { customerId: eve.customer.id, paymentMethodId: method.id };
    await expect(detachPaymentMethod(test.runtime, removal)).rejects.toMatchObject({
      code: 'not_found',
    });
    expect(await detachCalls()).toHaveLength(0);
  });

  it('is finished by the worker when Stripe’s answer is lost', async () => {
    const { customer, method } = await saveCard(test, 'ada', '4242424242424242');
    await test.control.fault({
      method: 'POST',
      path: `/v1/payment_methods/${method.stripePaymentMethodId}/detach`,
      times: 2,
      action: 'reset_after',
    });
    const removal = { customerId: customer.id, paymentMethodId: method.id };
    expect(await detachPaymentMethod(test.runtime, removal)).toBe('detaching');
    test.clock.advance(120_000);
    expect(await finishOperations(test.runtime)).toBe(1);
    expect(await findPaymentMethod(test.runtime.db, method.id)).toMatchObject({
      status: 'detached',
    });
    expect(await finishOperations(test.runtime)).toBe(0);
  });

  it('waits until a charge with it has ended', async () => {
    const on = await saveCard(test, 'ada', '4242424242424242');
    const held = await test.control.fault({
      method: 'POST',
      path: '/v1/payment_intents',
      action: 'hold_after',
    });
    const charge = chargeSavedMethod(test.runtime, staffCharge(on));
    await waitUntil(
      'the charge is under way',
      async () => (await test.control.objects('payment_intent')).length > 0,
    );
    const removal = { customerId: on.customer.id, paymentMethodId: on.method.id };
    await expect(detachPaymentMethod(test.runtime, removal)).rejects.toMatchObject({
      code: 'payment_method_in_use',
    });
    await held.release();
    await charge;
    expect(await detachPaymentMethod(test.runtime, removal)).toBe('detached');
  });

  it('stays on file when Stripe will not let it go, and can be tried again', async () => {
    const { customer, method } = await saveCard(test, 'ada', '4242424242424242');
    await test.control.fault({
      method: 'POST',
      path: `/v1/payment_methods/${method.stripePaymentMethodId}/detach`,
      times: 1,
      action: 'status',
      status: 400,
    });
    const removal = { customerId: customer.id, paymentMethodId: method.id };
    await expect(detachPaymentMethod(test.runtime, removal)).rejects.toMatchObject({
      code: 'stripe_refused',
    });
    expect(await findPaymentMethod(test.runtime.db, method.id)).toMatchObject({
      status: 'attached',
    });
    expect(await detachPaymentMethod(test.runtime, removal)).toBe('detached');
  });

  it('is told once, however often the shopper clicks', async () => {
    const { customer, method } = await saveCard(test, 'ada', '4242424242424242');
    const removal = { customerId: customer.id, paymentMethodId: method.id };
    const click = () => detachPaymentMethod(test.runtime, removal);
    await Promise.all([click(), click(), click()]);
    const facts = (await listAudit(test.runtime.db, method.id)).map(({ action }) => action);
    expect(facts).toEqual([
      'payment_method.saved',
      'payment_method.removal_requested',
      'payment_method.detached',
    ]);
  });
});
