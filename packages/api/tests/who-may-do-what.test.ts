import { openSetup, saveCard } from '@onfile/dev-env/save-card.ts';
import type { OnFile } from '@onfile/dev-env/save-card.ts';
import { describeOnBothDatabases } from '@onfile/dev-env/test-database.ts';
import { openTestRuntime } from '@onfile/dev-env/test-runtime.ts';
import type { TestRuntime } from '@onfile/dev-env/test-runtime.ts';
import { newId } from '@onfile/payments/ids.ts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { adminRouter, createAdminCaller } from '../src/admin/router.ts';
import type { AdminContext, StaffRole } from '../src/context.ts';
import { refusalOf } from '../src/refusal-codes.ts';
import { createStorefrontCaller, storefrontRouter } from '../src/storefront/router.ts';

const request = { ipAddress: '203.0.113.7', userAgent: 'story', requestId: 'req' };

/** What a call comes to: `allowed`, or the code of its refusal. */
async function answerOf(call: Promise<unknown>): Promise<string> {
  try {
    await call;
    return 'allowed';
  } catch (error) {
    const refusal = refusalOf(error);
    if (!refusal) throw error;
    return refusal.code;
  }
}

describeOnBothDatabases('who may do what', (dialect) => {
  let test: TestRuntime;
  let ada: OnFile;
  let adaSession: string;
  let paymentId: string;
  const chargeRequestId = newId('chargeRequest');

  const shopper = (name: string | null) =>
    createStorefrontCaller({
      runtime: test.runtime,
      request,
      shopper: name ? { userId: `user-${name}`, email: `${name}@example.com`, name } : null,
    });

  const staff = (role: StaffRole | null, given: Partial<NonNullable<AdminContext['staff']>> = {}) =>
    createAdminCaller({
      runtime: test.runtime,
      request,
      staff: role && {
        staffId: `staff-${role}`,
        email: `${role}@example.com`,
        name: role,
        role,
        secondFactor: false,
        ...given,
      },
    });

  const charge = (change: object = {}) => ({
    chargeRequestId: newId('chargeRequest'),
    customerId: ada.customer.id,
    agreementId: ada.agreementId,
    paymentMethodId: ada.method.id,
    amount: '12.00',
    currency: 'usd',
    reason: 'Late fee',
    ...change,
  });

  beforeAll(async () => {
    test = await openTestRuntime({ dialect });
    ada = await saveCard(test, 'ada', '4242424242424242');
    adaSession = (await openSetup(test.runtime, ada.customer)).stripeSessionId;
    const first = await staff('owner').payments.charge(
      charge({ chargeRequestId, amount: '11.00' }),
    );
    paymentId = first.payment.id;
  });
  afterAll(() => test.close());

  /** Every procedure of the storefront, as ada would call it with what is hers. */
  const shopperCalls: Record<string, (as: ReturnType<typeof shopper>) => Promise<unknown>> = {
    'setup.getTerms': (as) => as.setup.getTerms(),
    'setup.start': async (as) =>
      as.setup.start({
        termsVersionId: (await shopper('ada').setup.getTerms()).termsVersionId,
        accepted: true,
        uiMode: 'embedded_page',
      }),
    'setup.getResult': (as) => as.setup.getResult({ stripeSessionId: adaSession }),
    'paymentMethods.list': (as) => as.paymentMethods.list(),
    'payments.list': (as) => as.payments.list(),
    'paymentMethods.detach': (as) => as.paymentMethods.detach({ paymentMethodId: ada.method.id }),
  };

  /** Every procedure of the admin. */
  const staffCalls: Record<string, (as: ReturnType<typeof staff>) => Promise<unknown>> = {
    'customers.find': (as) => as.customers.find({ email: 'ada' }),
    'customers.get': (as) => as.customers.get({ customerId: ada.customer.id }),
    'payments.openCharge': (as) => as.payments.openCharge({ customerId: ada.customer.id }),
    'payments.findByChargeRequest': (as) =>
      as.payments.findByChargeRequest({ chargeRequestId, customerId: ada.customer.id }),
    'payments.charge': (as) => as.payments.charge(charge({ chargeRequestId, amount: '11.00' })),
    'payments.get': (as) => as.payments.get({ paymentId }),
    'payments.list': (as) => as.payments.list(),
  };

  it('is asked of every procedure that there is', () => {
    const names = (router: { _def: { procedures: object } }) => Object.keys(router._def.procedures);
    expect(names(storefrontRouter).sort()).toEqual(Object.keys(shopperCalls).sort());
    expect(names(adminRouter).sort()).toEqual(Object.keys(staffCalls).sort());
  });

  it('lets nobody in who has not signed in', async () => {
    for (const [name, call] of Object.entries(shopperCalls)) {
      expect([name, await answerOf(call(shopper(null)))]).toEqual([name, 'not_signed_in']);
    }
    for (const [name, call] of Object.entries(staffCalls)) {
      expect([name, await answerOf(call(staff(null)))]).toEqual([name, 'not_signed_in']);
    }
  });

  it('shows and moves nothing of one shopper to another', async () => {
    const eve = shopper('eve');
    expect(await answerOf(eve.setup.getResult({ stripeSessionId: adaSession }))).toBe('not_found');
    const detach = eve.paymentMethods.detach({ paymentMethodId: ada.method.id });
    expect(await answerOf(detach)).toBe('not_found');
    expect(await eve.paymentMethods.list()).toEqual([]);
    expect(await eve.payments.list()).toEqual([]);
    expect(await shopper('ada').paymentMethods.list()).toMatchObject([
      { id: ada.method.id, status: 'attached', agreements: [{ id: ada.agreementId }] },
    ]);
  });

  it('lets viewers look and not charge, chargers and owners do both', async () => {
    const moving = ['payments.openCharge', 'payments.charge'];
    for (const [name, call] of Object.entries(staffCalls)) {
      const asViewer = moving.includes(name) ? 'role_not_allowed' : 'allowed';
      expect([name, await answerOf(call(staff('viewer')))]).toEqual([name, asViewer]);
      expect([name, await answerOf(call(staff('charger')))]).toEqual([name, 'allowed']);
      expect([name, await answerOf(call(staff('owner')))]).toEqual([name, 'allowed']);
    }
  });

  it('wants a second factor before charging when the keys are live', async () => {
    const { stripe } = test.runtime.settings;
    const { mode } = stripe;
    stripe.mode = 'live';
    try {
      const without = staff('owner').payments.openCharge({ customerId: ada.customer.id });
      expect(await answerOf(without)).toBe('second_factor_required');
      const passed = staff('owner', { secondFactor: true });
      const open = passed.payments.openCharge({ customerId: ada.customer.id });
      expect(await answerOf(open)).toBe('allowed');
    } finally {
      stripe.mode = mode;
    }
  });

  it('names the field of an input that is malformed or too long', async () => {
    const fieldOf = (call: Promise<unknown>) =>
      call.then(
        () => 'allowed',
        (error: unknown) => refusalOf(error)?.field,
      );
    const owner = staff('owner');
    expect(await fieldOf(owner.payments.charge(charge({ reason: 'x'.repeat(201) })))).toBe(
      'reason',
    );
    expect(await fieldOf(owner.payments.charge(charge({ amount: '9'.repeat(21) })))).toBe('amount');
    expect(await fieldOf(owner.payments.charge(charge({ amount: '0' })))).toBe('amount');
    expect(await fieldOf(owner.payments.charge(charge({ currency: 'zzz' })))).toBe('currency');
    expect(await fieldOf(owner.payments.get({ paymentId: "pay_' or 1=1" }))).toBe('paymentId');
    expect(await fieldOf(owner.customers.find({ email: 'x'.repeat(255) }))).toBe('email');
    const session = shopper('ada').setup.getResult({ stripeSessionId: 'cs_test_../..' });
    expect(await fieldOf(session)).toBe('stripeSessionId');
  });

  it('finds customers by a part of their address, and takes no sign as a pattern', async () => {
    const owner = staff('owner');
    expect(await owner.customers.find({ email: 'ADA@exam' })).toMatchObject([
      { email: 'ada@example.com', methodCount: 1 },
    ]);
    expect(await owner.customers.find({ email: '%' })).toEqual([]);
    expect(await owner.customers.find({ email: '_da' })).toEqual([]);
  });
});
