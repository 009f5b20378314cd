import { addShopper } from '@onfile/auth/add-shopper.ts';
import { loginTables } from '@onfile/auth/login-tables.ts';
import { keepLog } from '@onfile/dev-env/keep-log.ts';
import { payWith } from '@onfile/dev-env/pay-and-refund.ts';
import type { OnFile } from '@onfile/dev-env/save-card.ts';
import { guestNamed, saveCard } from '@onfile/dev-env/save-card.ts';
import { scheduleBalance } from '@onfile/dev-env/schedule-balance.ts';
import { storeEventAbout } from '@onfile/dev-env/store-event.ts';
import { describeOnBothDatabases } from '@onfile/dev-env/test-database.ts';
import { openTestRuntime } from '@onfile/dev-env/test-runtime.ts';
import type { TestRuntime } from '@onfile/dev-env/test-runtime.ts';
import { deliverOutbox } from '@onfile/payments/mail/deliver-outbox.ts';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { AdminContext } from '../src/context.ts';
import { refusalOf } from '../src/refusal-codes.ts';
import type { ShownRefusal } from '../src/refusal-codes.ts';
import { callersOf } from './callers.ts';

const email = 'ada@example.com';

describeOnBothDatabases('an owner erases a customer in the admin', (dialect) => {
  let test: TestRuntime;
  let lines: string[];
  beforeEach(async () => {
    test = await openTestRuntime({ dialect });
    ({ log: test.runtime.log, lines } = keepLog());
  });
  afterEach(() => test.close());

  const owner = (change: Partial<AdminContext> = {}) => callersOf(test, change).staff('owner');

  const erase = (customerId: string, typed = email, as = owner()) =>
    as.customers.erase({ customerId, email: typed });

  /** What a call is refused with; neither that nor the log says the address. */
  async function refused(call: Promise<unknown>): Promise<ShownRefusal | null> {
    const error: unknown = await call.then(
      () => null,
      (thrown: unknown) => thrown,
    );
    expect(error).toBeInstanceOf(Error);
    const refusal = refusalOf(error);
    expect(JSON.stringify(refusal)).not.toContain(email);
    expect((error as Error).message).not.toContain(email);
    expect(lines.join('')).not.toContain(email);
    return refusal;
  }

  /** Nothing of them has been touched. */
  async function expectUntouched({ customer, method }: OnFile): Promise<void> {
    expect(await owner().customers.get({ customerId: customer.id })).toMatchObject({
      email,
      erasedAt: null,
      methods: [{ id: method.id, status: 'attached' }],
      agreements: [{ status: 'active', ipAddress: '203.0.113.7' }],
    });
  }

  /** Ada has paid, has a login, and stands in an event and in what staff wrote. */
  async function knownToAll(): Promise<{ on: OnFile; paymentId: string }> {
    const { db } = test.runtime;
    const { on, payment } = await payWith(test, '4242424242424242', {
      reason: `Fee of ${email}`,
    });
    const login = { email, name: 'Ada', password: 'correct horse battery' };
    const { userId } = await addShopper(test.runtime, login);
    const theirs = db.updateTable('customers').where('id', '=', on.customer.id);
    await theirs.set({ authUserId: userId }).execute();
    await storeEventAbout(test, 'customer.updated', { id: 'cus_any', email });
    await guestNamed(test.runtime, 'ada');
    return { on, paymentId: payment.id };
  }

  it('for good, is told what is left to do, and stands in the audit log', async () => {
    const { on, paymentId } = await knownToAll();
    const { id: customerId, stripeCustomerId } = on.customer;
    const done = await erase(customerId, ' ADA@Example.com ');
    expect(done).toEqual({
      customerIds: [customerId],
      events: 1,
      namedIn: [expect.stringMatching(/^aud_/)],
      othersWithAddress: 1,
      stripeOwners: [stripeCustomerId],
    });
    const { db } = test.runtime;
    const facts = await db
      .selectFrom('auditLog')
      .select(['action', 'actorKind', 'actorId'])
      .where('action', 'in', ['agreement.withdrawn', 'customer.erased'])
      .orderBy('id')
      .execute();
    const by = { actorKind: 'staff', actorId: 'staff-owner' };
    expect(facts).toEqual([
      { action: 'agreement.withdrawn', ...by },
      { action: 'customer.erased', ...by },
    ]);
    const logins = await loginTables(db).selectFrom('shopper_user').selectAll().execute();
    expect(logins).toEqual([]);
    expect(lines.join('')).not.toContain(email);
    expect(await refused(erase(customerId))).toMatchObject({ code: 'customer_erased' });
    expect(await owner().payments.get({ paymentId })).toMatchObject({ status: 'succeeded' });
  });

  it('who is called by no address afterwards, on no page and in no list', async () => {
    const on = await saveCard(test, 'ada', '4242424242424242');
    const { customer } = on;
    const { id: paymentId } = await scheduleBalance(test.runtime, on, { inDays: -1 });
    await owner().owed.writeOff({ paymentId, reason: 'They moved away' });
    while ((await deliverOutbox(test.runtime)) > 0);
    await erase(customer.id);
    const named = { customerId: customer.id, customerEmail: null };
    expect(await owner().customers.get({ customerId: customer.id })).toMatchObject({
      email: null,
      erasedAt: expect.any(Number) as number,
      methods: [{ status: 'detached' }],
    });
    expect(await owner().payments.list()).toMatchObject([named]);
    const { payments } = await owner().owed.list({ filter: 'given_up' });
    expect(payments).toMatchObject([{ ...named, mayLink: false }]);
    expect(await owner().payments.get({ paymentId })).toMatchObject({ ...named, mayLink: false });
    expect(await refused(owner().recovery.copyLink({ paymentId }))).toMatchObject({
      code: 'customer_erased',
    });
    const { mails } = await owner().mail.list();
    const theirs = mails.filter(({ kind }) => !kind.endsWith('_staff'));
    expect(new Set(theirs.map(({ toAddress }) => toAddress))).toEqual(new Set([null]));
    const mailId = theirs[0]?.id ?? '';
    expect(await owner().mail.get({ mailId })).toMatchObject({ toAddress: null });
    for (const typed of ['ada', 'erased']) {
      expect(await owner().customers.find({ email: typed })).toEqual([]);
    }
  });

  it('not while something is owed, and is told what', async () => {
    const on = await saveCard(test, 'ada', '4242424242424242');
    const owed = await scheduleBalance(test.runtime, on);
    const other = await scheduleBalance(test.runtime, on, { amountMinor: 1_200 });
    const refusal = await refused(erase(on.customer.id));
    expect(refusal).toMatchObject({ code: 'customer_not_erasable', field: null });
    const [says, ...why] = refusal?.sentence.split('\n') ?? [];
    expect(says).toBe('This customer cannot be erased yet.');
    expect(why.sort()).toEqual([
      `A payment of $12.00 is not over: “Scheduled” (${other.id}).`,
      `A payment of $45.00 is not over: “Scheduled” (${owed.id}).`,
    ]);
    await expectUntouched(on);
  });

  it('not when another address is typed than the customer’s', async () => {
    const on = await saveCard(test, 'ada', '4242424242424242');
    for (const typed of ['', 'eve@example.com', on.customer.id, '%']) {
      expect(await refused(erase(on.customer.id, typed))).toMatchObject({
        code: 'customer_address_differs',
        field: 'email',
      });
    }
    await expectUntouched(on);
  });

  it('not while Stripe does not let a method go, and is told so', async () => {
    const { customer, method } = await saveCard(test, 'ada', '4242424242424242');
    const path = `/v1/payment_methods/${method.stripePaymentMethodId}/detach`;
    const fault = { method: 'POST', path, times: 1, action: 'status', status: 400 } as const;
    await test.control.fault(fault);
    expect(await refused(erase(customer.id))).toMatchObject({
      code: 'customer_not_erasable',
      sentence: expect.stringContaining(method.id) as string,
    });
    expect(await owner().customers.get({ customerId: customer.id })).toMatchObject({ email });
    expect(await erase(customer.id)).toMatchObject({ customerIds: [customer.id] });
  });

  it('in one piece: what fails on the way is logged without the address, and done again', async () => {
    const { customer } = await saveCard(test, 'ada', '4242424242424242');
    const eraseLogin = () => Promise.reject(new Error('the login stays'));
    const failing = erase(customer.id, email, owner({ eraseLogin }));
    expect(await refused(failing)).toBeNull();
    expect(lines.join('')).toContain('the login stays');
    expect(await owner().customers.get({ customerId: customer.id })).toMatchObject({
      email,
      erasedAt: null,
    });
    expect(await erase(customer.id)).toMatchObject({ customerIds: [customer.id] });
  });
});
