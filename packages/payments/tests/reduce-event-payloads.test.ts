import { payWith } from '@onfile/dev-env/pay-and-refund.ts';
import { describeOnBothDatabases } from '@onfile/dev-env/test-database.ts';
import { openTestRuntime } from '@onfile/dev-env/test-runtime.ts';
import type { TestRuntime } from '@onfile/dev-env/test-runtime.ts';
import { waitUntil } from '@onfile/dev-env/wait-until.ts';
import { listRefunds } from '@onfile/db/tables/refunds.ts';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { reducePayloads } from '../src/privacy/reduce-payloads.ts';
import { processInbox } from '../src/webhooks/process-inbox.ts';

const dayMs = 24 * 60 * 60 * 1000;

describeOnBothDatabases('payloads of events that were handled long ago', (dialect) => {
  let test: TestRuntime;
  let paymentId: string;
  beforeEach(async () => {
    test = await openTestRuntime({ dialect, webhooks: true });
    const { payment } = await payWith(test, '4242424242424242');
    paymentId = payment.id;
    const { stripePaymentIntentId } = await test.runtime.db
      .selectFrom('paymentIntents')
      .select('stripePaymentIntentId')
      .executeTakeFirstOrThrow();
    await test.runtime.stripe.refunds.create({
      payment_intent: stripePaymentIntentId,
      amount: 400,
    });
    await waitUntil('everything is told', async () => {
      await processInbox(test.runtime);
      const known = (await events()).map(({ type }) => type);
      return ['payment_intent.succeeded', 'checkout.session.completed', 'charge.refunded'].every(
        (type) => known.includes(type),
      );
    });
    while ((await processInbox(test.runtime)) > 0);
  });
  afterEach(() => test.close());

  const events = () => test.runtime.db.selectFrom('stripeEvents').selectAll().execute();

  /** Everything that events change, but the moments of the last change. */
  async function state(): Promise<unknown> {
    const { db } = test.runtime;
    const all = await Promise.all([
      db.selectFrom('payments').selectAll().orderBy('id').execute(),
      db.selectFrom('paymentIntents').selectAll().orderBy('id').execute(),
      db.selectFrom('paymentMethods').selectAll().orderBy('id').execute(),
      db.selectFrom('checkoutSessions').selectAll().orderBy('id').execute(),
      db.selectFrom('agreements').selectAll().orderBy('id').execute(),
      db.selectFrom('refunds').selectAll().orderBy('id').execute(),
      db.selectFrom('auditLog').selectAll().orderBy('id').execute(),
    ]);
    return all.map((rows) => rows.map((row) => ({ ...row, updatedAt: 0, asOf: 0 })));
  }

  async function replay(): Promise<void> {
    await test.runtime.db
      .updateTable('stripeEvents')
      .set({ status: 'pending', nextTryAt: test.clock.now() })
      .execute();
    while ((await processInbox(test.runtime)) > 0);
  }

  it('stay whole for as long as the shop keeps them, and while they wait', async () => {
    test.clock.advance(29 * dayMs);
    expect(await reducePayloads(test.runtime)).toBe(0);
    test.clock.advance(2 * dayMs);
    const [waiting] = await events();
    await test.runtime.db
      .updateTable('stripeEvents')
      .set({ status: 'pending', nextTryAt: test.clock.now() + dayMs })
      .where('id', '=', waiting?.id ?? '')
      .execute();
    const total = (await events()).length;
    expect(await reducePayloads(test.runtime)).toBe(total - 1);
    expect(await reducePayloads(test.runtime)).toBe(0);
    const left = (await events()).filter(({ reducedAt }) => reducedAt === null);
    expect(left.map(({ id }) => id)).toEqual([waiting?.id]);
  });

  it('are reduced to what names things, and a replay comes to the same', async () => {
    const personal = /ada@example\.com|Jenny Rosen|client_secret/;
    expect((await events()).some(({ payload }) => personal.test(payload))).toBe(true);
    const before = await state();
    test.clock.advance(31 * dayMs);
    await reducePayloads(test.runtime);
    const reduced = await events();
    expect(reduced.filter(({ payload }) => personal.test(payload))).toEqual([]);
    expect(reduced.every(({ reducedAt }) => reducedAt !== null)).toBe(true);
    await replay();
    expect(
      (await events()).filter(({ status }) => status === 'pending' || status === 'dead'),
    ).toEqual([]);
    expect(await state()).toEqual(before);
  });

  it('still make up for what was lost here', async () => {
    const [known] = await listRefunds(test.runtime.db, [paymentId]);
    expect(known).toMatchObject({ amountMinor: 400, status: 'succeeded' });
    test.clock.advance(31 * dayMs);
    await reducePayloads(test.runtime);
    await test.runtime.db.deleteFrom('refunds').execute();
    await replay();
    const [again] = await listRefunds(test.runtime.db, [paymentId]);
    expect(again).toMatchObject({
      amountMinor: 400,
      status: 'succeeded',
      stripeRefundId: known?.stripeRefundId,
    });
  });
});
