import { listOrderPayments } from '@onfile/db/tables/payments.ts';
import { orderWithPlan } from '@onfile/dev-env/place-order.ts';
import { openSetup, saveCard } from '@onfile/dev-env/save-card.ts';
import type { OnFile } from '@onfile/dev-env/save-card.ts';
import { describeOnBothDatabases } from '@onfile/dev-env/test-database.ts';
import { openTestRuntime } from '@onfile/dev-env/test-runtime.ts';
import type { TestRuntime } from '@onfile/dev-env/test-runtime.ts';
import { newId } from '@onfile/payments/ids.ts';
import { deliverOutbox } from '@onfile/payments/mail/deliver-outbox.ts';
import type { MailData, MailKind } from '@onfile/payments/mail/mail-kinds.ts';
import { queueMail } from '@onfile/payments/mail/queue-mail.ts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { adminRouter } from '../src/admin/router.ts';
import { refusalOf } from '../src/refusal-codes.ts';
import { storefrontRouter } from '../src/storefront/router.ts';
import { answerOf, callersOf } from './callers.ts';
import type { Callers } from './callers.ts';
import { shopperCalls, staffCalls, terms } from './every-call.ts';
import type { World } from './every-call.ts';
import { moving, setting } from './roles.ts';

describeOnBothDatabases('who may do what', (dialect) => {
  let test: TestRuntime;
  let ada: OnFile;
  let adaSession: string;
  let paymentId: string;
  let owedPaymentId: string;
  let mailId: string;
  let adaOrder: string;
  let slug: string;
  const chargeRequestId = newId('chargeRequest');

  const shopper: Callers['shopper'] = (...who) => callersOf(test).shopper(...who);
  const staff: Callers['staff'] = (...who) => callersOf(test).staff(...who);

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
    const order = await orderWithPlan(test.runtime, ada.customer, { kind: 'full' });
    adaOrder = order.id;
    owedPaymentId = (await listOrderPayments(test.runtime.db, order.id))[0]?.id ?? '';
    slug = (await shopper(null).catalogue.list())[0]?.slug ?? '';
    mailId = await keepMail('method_removed', { method: 'Visa ending in 4242' });
  });
  afterAll(() => test.close());

  /** A mail that was kept because no server is set. */
  async function keepMail<Kind extends MailKind>(kind: Kind, data: MailData[Kind]) {
    await queueMail(test.runtime.db, test.runtime.clock, {
      kind,
      about: 'this test',
      to: 'ada@example.com',
      data: () => data,
      customerId: ada.customer.id,
    });
    await deliverOutbox(test.runtime);
    const row = await test.runtime.db
      .selectFrom('outbox')
      .select('id')
      .where('kind', '=', kind)
      .executeTakeFirstOrThrow();
    return row.id;
  }

  const world = (): World => ({
    test,
    ada,
    adaSession,
    adaOrder,
    paymentId,
    owedPaymentId,
    mailId,
    slug,
    chargeRequestId,
    shopper,
    staff,
    charge,
  });

  const notOwn = 'environment_not_own';

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
    expect(names(storefrontRouter).sort()).toEqual(Object.keys(shopperCalls(world())).sort());
    expect(names(adminRouter).sort()).toEqual(Object.keys(staffCalls(world())).sort());
  });

  it('lets nobody in who has not signed in', async () => {
    for (const [name, call] of Object.entries(shopperCalls(world()))) {
      const unsigned = byLink.includes(name) ? 'link_unknown' : 'not_signed_in';
      const answer = forAnybody.includes(name) ? 'allowed' : unsigned;
      expect([name, await answerOf(call(shopper(null)))]).toEqual([name, answer]);
    }
    for (const [name, call] of Object.entries(staffCalls(world()))) {
      expect([name, await answerOf(call(staff(null)))]).toEqual([name, 'not_signed_in']);
    }
  });

  it('shows and moves nothing of one shopper to another', async () => {
    const eve = shopper('eve');
    expect(await answerOf(eve.setup.getResult({ stripeSessionId: adaSession }))).toBe('not_found');
    const ofAda = Object.entries(shopperCalls(world())).filter(
      ([name]) => /^(paymentMethods|agreements)\./.test(name) && !name.endsWith('.list'),
    );
    expect(ofAda).toHaveLength(7);
    for (const [name, call] of ofAda) {
      expect([name, await answerOf(call(eve))]).toEqual([name, 'not_found']);
    }
    const ofHerOrder = Object.entries(shopperCalls(world())).filter(
      ([name]) => name.startsWith('checkout.') || /^orders\.(get|cancel)$/.test(name),
    );
    expect(ofHerOrder).toHaveLength(8);
    for (const [name, call] of ofHerOrder) {
      expect([name, await answerOf(call(eve))]).toEqual([name, 'not_found']);
    }
    expect(await answerOf(eve.recovery.linkOwn({ paymentId: owedPaymentId }))).toBe('not_found');
    const { token } = await shopper('ada').recovery.linkOwn({ paymentId: owedPaymentId });
    const withLink = shopper('eve', token);
    expect(await withLink.recovery.get()).toMatchObject({ state: 'payable', saved: null });
    const choice = { paymentMethodId: ada.method.id };
    expect(await answerOf(withLink.recovery.chooseSaved(choice))).toBe('not_found');
    const settle = withLink.recovery.settleSession({ stripeSessionId: adaSession });
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
      methods: [{ id: ada.method.id, status: 'attached', agreements: [{ id: ada.agreementId }] }],
    });
  });

  it('lets viewers look, chargers charge as well, and owners give back and change what shoppers agree to', async () => {
    for (const [name, call] of Object.entries(staffCalls(world()))) {
      const asCharger = setting.includes(name) ? 'role_not_allowed' : 'allowed';
      const asViewer = moving.includes(name) ? 'role_not_allowed' : asCharger;
      expect([name, await answerOf(call(staff('viewer')))]).toEqual([name, asViewer]);
      expect([name, await answerOf(call(staff('charger')))]).toEqual([name, asCharger]);
      expect([name, await answerOf(call(staff('owner')))]).toEqual([name, 'allowed']);
    }
  });

  it('lets everything be looked at and nothing be changed on the database of another shop', async () => {
    const { runtime } = test;
    const place = { mode: 'sandbox', origin: null } as const;
    const standing = {
      kind: 'foreign' as const,
      recorded: { ...place, account: 'acct_ours' },
      given: { ...place, account: 'acct_theirs' },
      isCopy: false,
    };
    const copy = { runtime: { ...runtime, guard: { ...runtime.guard, standing } } };
    const as = callersOf(copy);
    const kinds = (router: { _def: { procedures: object } }, name: string) =>
      (router._def.procedures as Record<string, { _def: { type: string } }>)[name]?._def.type;
    let refused = 0;
    for (const [name, call] of Object.entries(shopperCalls(world()))) {
      if (kinds(storefrontRouter, name) !== 'mutation') continue;
      expect([name, await answerOf(call(as.shopper('ada')))]).toEqual([name, notOwn]);
      refused += 1;
    }
    for (const [name, call] of Object.entries(staffCalls(world()))) {
      const isMutation = kinds(adminRouter, name) === 'mutation';
      if (name === 'environment.decide') continue;
      const expected = isMutation ? notOwn : 'allowed';
      expect([name, await answerOf(call(as.staff('owner')))]).toEqual([name, expected]);
      if (isMutation) refused += 1;
    }
    expect(refused).toBeGreaterThan(50);
    const typo = as.staff('owner').environment.decide({ verdict: 'moved', account: 'acct_ours' });
    expect(await answerOf(typo)).toBe('environment_account_differs');
  });

  it('wants a second factor before money moves when the keys are live', async () => {
    const { stripe } = test.runtime.settings;
    const { mode } = stripe;
    stripe.mode = 'live';
    try {
      const without = staff('owner').payments.openCharge({ customerId: ada.customer.id });
      expect(await answerOf(without)).toBe('second_factor_required');
      const discard = staff('owner').policies.discardDraft(terms);
      expect(await answerOf(discard)).toBe('second_factor_required');
      const refund = staff('owner').refunds.settleOtherwise({
        refundId: newId('refund'),
        note: '',
      });
      expect(await answerOf(refund)).toBe('second_factor_required');
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
