import { describeOnBothDatabases } from '@onfile/dev-env/test-database.ts';
import { newId } from '@onfile/payments/ids.ts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { adminRouter } from '../src/admin/router.ts';
import { refusalOf } from '../src/refusal-codes.ts';
import { storefrontRouter } from '../src/storefront/router.ts';
import { answerOf } from './callers.ts';
import type { Callers } from './callers.ts';
import { shopperCalls, staffCalls, terms } from './every-call.ts';
import type { World } from './every-call.ts';
import { openWorld } from './open-world.ts';
import { moving, setting } from './roles.ts';

describeOnBothDatabases('who may do what', (dialect) => {
  let w: World;
  beforeAll(async () => {
    w = await openWorld(dialect);
  });
  afterAll(() => w.test.close());

  const shopper: Callers['shopper'] = (...who) => w.shopper(...who);
  const staff: Callers['staff'] = (...who) => w.staff(...who);

  /** What nobody must sign in for. */
  const forAnybody = [
    'shop.getStanding',
    'identity.get',
    'identity.startGuest',
    'catalogue.list',
    'catalogue.get',
  ];

  /** What a recovery link lets its holder do, without signing in: nothing without one. */
  const byLink = ['get', 'noteOpened', 'startSameIntent', 'startSession', 'settleSession'].map(
    (name) => `recovery.${name}`,
  );

  it('is asked of every procedure that there is', () => {
    const names = (router: { _def: { procedures: object } }) => Object.keys(router._def.procedures);
    expect(names(storefrontRouter).sort()).toEqual(Object.keys(shopperCalls(w)).sort());
    expect(names(adminRouter).sort()).toEqual(Object.keys(staffCalls(w)).sort());
  });

  it('lets nobody in who has not signed in', async () => {
    for (const [name, call] of Object.entries(shopperCalls(w))) {
      const unsigned = byLink.includes(name) ? 'link_unknown' : 'not_signed_in';
      const answer = forAnybody.includes(name) ? 'allowed' : unsigned;
      expect([name, await answerOf(call(shopper(null)))]).toEqual([name, answer]);
    }
    for (const [name, call] of Object.entries(staffCalls(w))) {
      expect([name, await answerOf(call(staff(null)))]).toEqual([name, 'not_signed_in']);
    }
  });

  it('shows and moves nothing of one shopper to another', async () => {
    const eve = shopper('eve');
    expect(await answerOf(eve.setup.getResult({ stripeSessionId: w.adaSession }))).toBe(
      'not_found',
    );
    const ofAda = Object.entries(shopperCalls(w)).filter(
      ([name]) => /^(paymentMethods|agreements)\./.test(name) && !name.endsWith('.list'),
    );
    expect(ofAda).toHaveLength(7);
    for (const [name, call] of ofAda) {
      expect([name, await answerOf(call(eve))]).toEqual([name, 'not_found']);
    }
    const ofHerOrder = Object.entries(shopperCalls(w)).filter(
      ([name]) => name.startsWith('checkout.') || /^orders\.(get|cancel)$/.test(name),
    );
    expect(ofHerOrder).toHaveLength(8);
    for (const [name, call] of ofHerOrder) {
      expect([name, await answerOf(call(eve))]).toEqual([name, 'not_found']);
    }
    expect(await answerOf(eve.recovery.linkOwn({ paymentId: w.owedPaymentId }))).toBe('not_found');
    const { token } = await shopper('ada').recovery.linkOwn({ paymentId: w.owedPaymentId });
    const withLink = shopper('eve', token);
    expect(await withLink.recovery.get()).toMatchObject({ state: 'payable', saved: null });
    const choice = { paymentMethodId: w.ada.method.id };
    expect(await answerOf(withLink.recovery.chooseSaved(choice))).toBe('not_found');
    const settle = withLink.recovery.settleSession({ stripeSessionId: w.adaSession });
    expect(await answerOf(settle)).toBe('not_found');
    expect(await eve.orders.list()).toMatchObject({ orders: [] });
    expect(await eve.paymentMethods.list()).toMatchObject({ methods: [], paging: { total: 0 } });
    expect(await eve.agreements.list()).toMatchObject({
      agreements: [],
      methods: [],
      paging: { total: 0 },
    });
    expect(await eve.payments.list()).toEqual([]);
    expect(await eve.notices.list()).toEqual([]);
    expect(await shopper('ada').paymentMethods.list()).toMatchObject({
      methods: [
        { id: w.ada.method.id, status: 'attached', agreements: [{ id: w.ada.agreementId }] },
      ],
    });
  });

  it('lets viewers look, chargers charge as well, and owners give back and change what shoppers agree to', async () => {
    for (const [name, call] of Object.entries(staffCalls(w))) {
      const asCharger = setting.includes(name) ? 'role_not_allowed' : 'allowed';
      const asViewer = moving.includes(name) ? 'role_not_allowed' : asCharger;
      expect([name, await answerOf(call(staff('viewer')))]).toEqual([name, asViewer]);
      expect([name, await answerOf(call(staff('charger')))]).toEqual([name, asCharger]);
      expect([name, await answerOf(call(staff('owner')))]).toEqual([name, 'allowed']);
    }
  });

  it('wants a second factor before money moves when the keys are live', async () => {
    const { stripe } = w.test.runtime.settings;
    const { mode } = stripe;
    stripe.mode = 'live';
    try {
      const without = staff('owner').payments.openCharge({ customerId: w.ada.customer.id });
      expect(await answerOf(without)).toBe('second_factor_required');
      const discard = staff('owner').policies.discardDraft(terms);
      expect(await answerOf(discard)).toBe('second_factor_required');
      const refund = staff('owner').refunds.settleOtherwise({
        refundId: newId('refund'),
        note: '',
      });
      expect(await answerOf(refund)).toBe('second_factor_required');
      const { id: customerId, email } = w.ada.customer;
      const erasing = staff('owner').customers.erase({ customerId, email });
      expect(await answerOf(erasing)).toBe('second_factor_required');
      const passed = staff('owner', { secondFactor: true });
      const open = passed.payments.openCharge({ customerId: w.ada.customer.id });
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
    expect(await fieldOf(owner.payments.charge(w.charge({ reason: 'x'.repeat(201) })))).toBe(
      'reason',
    );
    expect(await fieldOf(owner.payments.charge(w.charge({ amount: '9'.repeat(21) })))).toBe(
      'amount',
    );
    expect(await fieldOf(owner.payments.charge(w.charge({ amount: '0' })))).toBe('amount');
    expect(await fieldOf(owner.payments.charge(w.charge({ currency: 'zzz' })))).toBe('currency');
    expect(await fieldOf(owner.payments.get({ paymentId: "pay_' or 1=1" }))).toBe('paymentId');
    expect(await fieldOf(owner.customers.find({ email: 'x'.repeat(255) }))).toBe('email');
    const customerId = w.ada.customer.id;
    const long = { customerId, email: `${'x'.repeat(250)}@a.example` };
    expect(await fieldOf(owner.customers.erase(long))).toBe('email');
    const nobody = { customerId: 'cust_%', email: 'ada@example.com' };
    expect(await fieldOf(owner.customers.erase(nobody))).toBe('customerId');
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
