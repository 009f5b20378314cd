import { saveCard } from '@onfile/dev-env/save-card.ts';
import type { OnFile } from '@onfile/dev-env/save-card.ts';
import { staffCharge } from '@onfile/dev-env/staff-charge.ts';
import { describeOnBothDatabases } from '@onfile/dev-env/test-database.ts';
import { openTestRuntime } from '@onfile/dev-env/test-runtime.ts';
import type { TestRuntime } from '@onfile/dev-env/test-runtime.ts';
import { findCustomer } from '@onfile/db/tables/customers.ts';
import { findPaymentMethod, setMandate } from '@onfile/db/tables/payment-methods.ts';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { chargeSavedMethod } from '../src/charging/charge-saved-method.ts';
import { updatePaymentMethod } from '../src/payment-methods/update-payment-method.ts';
import { finishOperations } from '../src/worker/finish-operations.ts';

const billing = {
  name: 'Ada King',
  line1: '12 St James’s Square',
  line2: '',
  city: 'London',
  state: '',
  postalCode: 'SW1Y 4JH',
  country: 'GB',
};

describeOnBothDatabases('what is on file of a method', (dialect) => {
  let test: TestRuntime;
  let on: OnFile;
  beforeEach(async () => {
    test = await openTestRuntime({ dialect });
    on = await saveCard(test, 'ada', '4242424242424242');
  });
  afterEach(() => test.close());

  const change = (given: object = {}) =>
    updatePaymentMethod(test.runtime, {
      customerId: on.customer.id,
      paymentMethodId: on.method.id,
      expiry: { month: 4, year: 2040 },
      billing,
      ...given,
    });

  const updates = () =>
    test.control.requests({
      method: 'POST',
      path: `/v1/payment_methods/${on.method.stripePaymentMethodId}`,
    });

  it('can be corrected: expiry and billing address, here and at Stripe', async () => {
    expect(await change()).toBe('saved');
    const atStripe = await test.runtime.stripe.paymentMethods.retrieve(
      on.method.stripePaymentMethodId,
    );
    expect(atStripe).toMatchObject({
      card: { exp_month: 4, exp_year: 2040 },
      billing_details: { name: 'Ada King', address: { city: 'London', postal_code: 'SW1Y 4JH' } },
    });
    const method = await findPaymentMethod(test.runtime.db, on.method.id);
    expect(method).toMatchObject({ expMonth: 4, expYear: 2040 });
    expect(method?.billingDetails).toContain('SW1Y 4JH');
  });

  it('can be corrected again, also to what it was', async () => {
    for (const year of [2040, 2041, 2040]) {
      expect(await change({ expiry: { month: 4, year } })).toBe('saved');
      expect(await findPaymentMethod(test.runtime.db, on.method.id)).toMatchObject({
        expYear: year,
      });
    }
    expect(await updates()).toHaveLength(3);
  });

  it('is refused an expiry that is over, and what is not its owner’s', async () => {
    await expect(change({ expiry: { month: 1, year: 2020 } })).rejects.toMatchObject({
      code: 'expiry_malformed',
    });
    const eve = await saveCard(test, 'eve', '5555555555554444');
    await expect(change({ customerId: eve.customer.id })).rejects.toMatchObject({
      code: 'not_found',
    });
    expect(await updates()).toEqual([]);
  });

  it('is written down before Stripe is asked: the worker finishes it after an outage', async () => {
    await test.control.fault({
      method: 'POST',
      path: '/v1/payment_methods/*',
      times: 20,
      action: 'reset_before',
    });
    expect(await change()).toBe('saving');
    // The same once more is that one; another one would overtake it.
    expect(await change()).toBe('saving');
    await expect(change({ billing: { ...billing, city: 'Bath' } })).rejects.toMatchObject({
      code: 'stripe_unavailable',
    });
    await test.control.clearFaults();
    test.clock.advance(10 * 60 * 1000);
    await finishOperations(test.runtime);
    expect(await findPaymentMethod(test.runtime.db, on.method.id)).toMatchObject({
      expMonth: 4,
      expYear: 2040,
    });
    expect(await change({ billing: { ...billing, city: 'Bath' } })).toBe('saved');
  });

  it('the first one saved is the default', async () => {
    await saveCard(test, 'ada', '5555555555554444');
    expect(await findCustomer(test.runtime.db, on.customer.id)).toMatchObject({
      defaultPaymentMethodId: on.method.id,
    });
  });

  it('is not charged once its mandate has ended', async () => {
    await setMandate(test.runtime.db, on.method.id, {
      stripeMandateId: 'mandate_1',
      mandateStatus: 'inactive',
      now: test.clock.now(),
    });
    await expect(chargeSavedMethod(test.runtime, staffCharge(on))).rejects.toMatchObject({
      code: 'mandate_inactive',
    });
  });
});
