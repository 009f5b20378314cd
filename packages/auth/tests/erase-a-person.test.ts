import { payWith, staffRefund } from '@onfile/dev-env/pay-and-refund.ts';
import { describeOnBothDatabases } from '@onfile/dev-env/test-database.ts';
import { openTestRuntime } from '@onfile/dev-env/test-runtime.ts';
import type { TestRuntime } from '@onfile/dev-env/test-runtime.ts';
import { waitUntil } from '@onfile/dev-env/wait-until.ts';
import { listDisputesOf } from '@onfile/db/tables/disputes.ts';
import { eraseCustomer } from '@onfile/payments/privacy/erase-customer.ts';
import { reducePayloads } from '@onfile/payments/privacy/reduce-payloads.ts';
import { refundPayment } from '@onfile/payments/refunds/refund-payment.ts';
import { processInbox } from '@onfile/payments/webhooks/process-inbox.ts';
import { finishOperations } from '@onfile/payments/worker/finish-operations.ts';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { eraseShopper } from '../src/erase-shopper.ts';
import { openShopperAuth } from '../src/shopper-auth.ts';
import type { ShopperAuth } from '../src/shopper-auth.ts';
import { chargeThem, findTraces, knownPerson, traces } from './known-person.ts';
import type { KnownPerson } from './known-person.ts';

type KyselyPlugin = Parameters<TestRuntime['runtime']['db']['withPlugin']>[0];

const charles = { kind: 'operator', id: 'charles' } as const;

describeOnBothDatabases('erasing a person', (dialect) => {
  let test: TestRuntime;
  let auth: ShopperAuth;
  let ada: KnownPerson;
  beforeEach(async () => {
    test = await openTestRuntime({ dialect, webhooks: true });
    auth = openShopperAuth(test.runtime);
  });
  afterEach(() => test.close());

  const meet = async (card = '4242424242424242') => {
    ada = await knownPerson(test, auth, card);
  };

  const erase = (who = ada.customer.id) =>
    eraseCustomer(test.runtime, { who, by: charles, eraseLogin: eraseShopper });
  const audit = () => test.runtime.db.selectFrom('auditLog').selectAll().orderBy('id').execute();

  /** Until Stripe has told of something, and everything that it told is handled. */
  async function untilTold(type: string, count = 1): Promise<void> {
    await waitUntil(`${type} is told`, async () => {
      await processInbox(test.runtime);
      const rows = await test.runtime.db
        .selectFrom('stripeEvents')
        .select('status')
        .where('type', '=', type)
        .execute();
      return rows.filter(({ status }) => status !== 'pending').length >= count;
    });
  }

  /** A payment of theirs is disputed, and lost. */
  async function livesThroughDispute(): Promise<void> {
    const payment = await chargeThem(test, ada.on);
    await untilTold('charge.dispute.created');
    const [dispute] = await listDisputesOf(test.runtime.db, payment.id);
    if (!dispute?.evidenceCollectedAt) throw new Error('nothing is disputed');
    await test.control.closeDispute(dispute.stripeDisputeId, 'lost');
    await untilTold('charge.dispute.closed');
  }

  /** Somebody else, a guest, has typed the same address and got a mail. */
  async function sharesTheirAddress(): Promise<void> {
    const { db } = test.runtime;
    const now = test.clock.now();
    const email = traces.email;
    const other = { id: 'cust_other', email, createdAt: now, updatedAt: now };
    await db.insertInto('customers').values(other).execute();
    const mail = { id: 'mail_other', kind: 'method_removed', dedupeKey: 'other', locale: 'en' };
    await db
      .insertInto('outbox')
      .values({
        ...mail,
        toAddress: email,
        data: '{}',
        customerId: other.id,
        createdAt: now,
        nextTryAt: now,
      })
      .execute();
  }

  it('leaves nothing of them in any column of any table', async () => {
    await meet('4000000000000259');
    await livesThroughDispute();
    const known = new Set((await findTraces(test)).map((found) => found.split(': ')[1]));
    expect([...known].sort()).toEqual(Object.keys(traces).sort());
    await erase();
    expect(await findTraces(test)).toEqual([]);
    await untilTold('payment_method.detached');
    await reducePayloads(test.runtime);
    expect(await findTraces(test)).toEqual([]);
  });

  it('changes no row of the audit log, and adds one that names nobody', async () => {
    await meet('4000000000000259');
    await livesThroughDispute();
    const before = await audit();
    await erase(traces.email.toUpperCase());
    const after = await audit();
    expect(after.slice(0, before.length)).toEqual(before);
    expect(after.at(-1)).toMatchObject({
      action: 'customer.erased',
      actorKind: 'operator',
      actorId: 'charles',
      details: '{}',
    });
    const erased = after.slice(before.length).filter(({ action }) => action === 'customer.erased');
    expect(erased.map(({ subjectId }) => subjectId).sort()).toEqual(
      [ada.customer.id, 'cust_guest'].sort(),
    );
    for (const trace of Object.values(traces)) expect(JSON.stringify(after)).not.toContain(trace);
  });

  it('keeps what the books need', async () => {
    await meet();
    const payment = await chargeThem(test, ada.on);
    const note = `${traces.name} had paid twice`;
    await refundPayment(test.runtime, staffRefund(payment.id, { note }));
    const { namedIn } = await erase();
    expect(namedIn).toHaveLength(1);
    const { db } = test.runtime;
    expect(await db.selectFrom('payments').selectAll().execute()).toMatchObject([
      { id: payment.id, customerId: ada.customer.id, amountMinor: 1_099, status: 'succeeded' },
    ]);
    expect(await db.selectFrom('refunds').selectAll().execute()).toMatchObject([
      { amountMinor: 400, status: 'succeeded', note: '[masked] had paid twice' },
    ]);
    const agreement = await db.selectFrom('agreements').selectAll().executeTakeFirstOrThrow();
    expect(agreement.termsHash).toMatch(/^[0-9a-f]{64}$/);
    expect(agreement).toMatchObject({ status: 'withdrawn', ipAddress: null });
    expect(await db.selectFrom('paymentMethods').selectAll().execute()).toMatchObject([
      { status: 'detached', brand: 'visa', last4: '4242', fingerprint: null },
    ]);
    const { stripePaymentMethodId } = ada.on.method;
    const atStripe = await test.runtime.stripe.paymentMethods.retrieve(stripePaymentMethodId);
    expect(atStripe.customer).toBeNull();
  });

  it('signs them out, and they may come back as somebody new', async () => {
    await meet();
    expect(await auth.findShopper(ada.browser.headers())).not.toBeNull();
    await erase();
    expect(await auth.findShopper(ada.browser.headers())).toBeNull();
  });

  it('is refused while something is owed, in a sentence that says what', async () => {
    await meet();
    const payment = await chargeThem(test, ada.on);
    await test.runtime.db
      .updateTable('payments')
      .set({ status: 'requires_payment_method' })
      .where('id', '=', payment.id)
      .execute();
    const refused = erase();
    await expect(refused).rejects.toMatchObject({
      code: 'customer_not_erasable',
      params: { why: expect.stringContaining(payment.id) as string },
    });
    expect(await findTraces(test)).toContain('customers: email');
  });

  it('is refused for nobody', async () => {
    await expect(erase('nobody@example.com')).rejects.toMatchObject({ code: 'not_found' });
  });

  it('leaves everybody else as they were', async () => {
    await meet();
    const { on } = await payWith(test, '4242424242424242', { name: 'grace' });
    await sharesTheirAddress();
    const before = await test.runtime.db
      .selectFrom('paymentMethods')
      .selectAll()
      .where('id', '=', on.method.id)
      .execute();
    expect(await erase('cust_guest')).toMatchObject({ othersWithAddress: 1 });
    const { db } = test.runtime;
    const methods = db.selectFrom('paymentMethods').selectAll().where('id', '=', on.method.id);
    expect(await methods.execute()).toEqual(before);
    expect(
      await db.selectFrom('outbox').selectAll().where('customerId', '=', 'cust_other').execute(),
    ).toMatchObject([{ toAddress: traces.email, status: 'pending' }]);
    const grace = db.selectFrom('customers').selectAll().where('id', '=', on.customer.id);
    expect(await grace.execute()).toMatchObject([{ email: 'grace@example.com', erasedAt: null }]);
  });

  it('goes on where Stripe did not answer, and is done once', async () => {
    await meet();
    const id = ada.on.method.stripePaymentMethodId;
    const path = `/v1/payment_methods/${id}/detach`;
    await test.control.fault({ method: 'POST', path, times: 2, action: 'reset_after' });
    await expect(erase()).rejects.toMatchObject({ code: 'stripe_unavailable' });
    await erase();
    await erase();
    test.clock.advance(60_000);
    await finishOperations(test.runtime);
    expect(await findTraces(test)).toEqual([]);
    const facts = (await audit()).filter(({ action }) => action === 'customer.erased');
    expect(facts).toHaveLength(2);
  });

  it('comes to its end from wherever its process died', async () => {
    await meet();
    let deaths = 0;
    for (let statements = 1; ; statements += 4) {
      const mortal = { ...test.runtime, db: test.runtime.db.withPlugin(dyingAfter(statements)) };
      const ask = { who: ada.customer.id, by: charles, eraseLogin: eraseShopper };
      const ended = await eraseCustomer(mortal, ask).then(
        () => true,
        () => false,
      );
      if (ended) break;
      deaths += 1;
    }
    expect(deaths).toBeGreaterThan(10);
    await erase();
    await untilTold('payment_method.detached');
    await reducePayloads(test.runtime);
    expect(await findTraces(test)).toEqual([]);
    const done = (await audit()).map(({ action }) => action);
    const times = (action: string) => done.filter((one) => one === action).length;
    expect(times('agreement.withdrawn')).toBe(1);
    expect(times('payment_method.detached')).toBe(1);
    // Of the account, and of the guest who has joined it.
    expect(times('customer.erased')).toBe(2);
  });
});

/** A database that lets so many statements through, and dies. */
function dyingAfter(statements: number): KyselyPlugin {
  let left = statements;
  return {
    transformQuery: ({ node }) => {
      left -= 1;
      if (left < 0) throw new Error('the process has died');
      return node;
    },
    transformResult: ({ result }) => Promise.resolve(result),
  };
}
