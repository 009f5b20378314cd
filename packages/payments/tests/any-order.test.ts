import { saveCard } from '@onfile/dev-env/save-card.ts';
import { staffCharge } from '@onfile/dev-env/staff-charge.ts';
import { describeOnBothDatabases } from '@onfile/dev-env/test-database.ts';
import { openAnotherRuntime, openTestRuntime } from '@onfile/dev-env/test-runtime.ts';
import type { TestRuntime } from '@onfile/dev-env/test-runtime.ts';
import { waitUntil } from '@onfile/dev-env/wait-until.ts';
import fc from 'fast-check';
import type Stripe from 'stripe';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { chargeSavedMethod } from '../src/charging/charge-saved-method.ts';
import { checkInvariants } from '../src/invariants/check-invariants.ts';
import { settleOutcome, settlePaymentIntent } from '../src/state/settle-payment-intent.ts';
import { openAsking } from '../src/webhooks/asking.ts';
import { findHandler } from '../src/webhooks/handlers.ts';
import { processInbox } from '../src/webhooks/process-inbox.ts';

describeOnBothDatabases('answers and events in any order', (dialect) => {
  let test: TestRuntime;
  beforeEach(async () => {
    test = await openTestRuntime({ dialect, webhooks: true });
  });
  afterEach(() => test.close());

  async function request(card: string) {
    const on = await saveCard(test, 'ada', card);
    return staffCharge(on);
  }

  const db = () => test.runtime.db;
  const snapshot = async () => ({
    payments: await db().selectFrom('payments').selectAll().execute(),
    // When Stripe was asked last may change; what it said may not.
    intents: await db()
      .selectFrom('paymentIntents')
      .select(['stripePaymentIntentId', 'paymentId', 'status', 'amountReceivedMinor'])
      .execute(),
    attempts: await db().selectFrom('attempts').selectAll().execute(),
    audit: await db().selectFrom('auditLog').select(['action', 'subjectId']).execute(),
  });

  it.each([
    ['4242424242424242', 'payment_intent.succeeded', 'succeeded'],
    ['4000000000000341', 'payment_intent.payment_failed', 'declined'],
  ])('settle once when the event overtakes the answer (%s)', async (card, type, outcome) => {
    const charge = await request(card);
    const held = await test.control.fault({
      method: 'POST',
      path: '/v1/payment_intents',
      action: 'hold_after',
    });
    const answer = chargeSavedMethod(test.runtime, charge);
    await waitUntil(`${type} is stored`, () =>
      db().selectFrom('stripeEvents').select('id').where('type', '=', type).executeTakeFirst(),
    );
    const worker = openAnotherRuntime(test, 'worker');
    while ((await processInbox(worker.runtime)) > 0);
    await worker.close();
    const before = await snapshot();
    expect(before.attempts).toMatchObject([{ status: outcome }]);
    await held.release();
    await answer;
    expect(await snapshot()).toEqual(before);
  });

  it.each(['in reverse', 'doubled', 'shuffled'])(
    'end in the same rows when the events come %s and before the answer',
    async (order) => {
      const charge = await request('4242424242424242');
      const held = await test.control.fault({
        method: 'POST',
        path: '/v1/payment_intents',
        action: 'hold_after',
      });
      const answer = chargeSavedMethod(test.runtime, charge);
      const stored = () =>
        db().selectFrom('stripeEvents').select(['type', 'payload']).orderBy('id').execute();
      await waitUntil('the success is stored', async () =>
        (await stored()).some((event) => event.type === 'payment_intent.succeeded'),
      );
      const events = await stored();
      const inOrder = {
        'in reverse': events.toReversed(),
        doubled: events.flatMap((event) => [event, event]),
        shuffled: fc.sample(fc.shuffledSubarray(events, { minLength: events.length }), {
          numRuns: 1,
          seed: 20_261_120,
        })[0],
      }[order];
      for (const event of inOrder ?? []) {
        await findHandler(event.type)?.(
          test.runtime,
          JSON.parse(event.payload) as Stripe.Event,
          openAsking(test.runtime),
        );
      }
      const before = await snapshot();
      expect(before.payments).toMatchObject([{ status: 'succeeded' }]);
      expect(before.audit.filter(({ action }) => action === 'payment.succeeded')).toHaveLength(1);
      await held.release();
      await answer;
      expect(await snapshot()).toEqual(before);
    },
  );

  it('write one fact when the event and the answer come at the same moment', async () => {
    const charge = await request('4242424242424242');
    await chargeSavedMethod(test.runtime, charge);
    const { intents } = await snapshot();
    const intent = await test.runtime.stripe.paymentIntents.retrieve(
      intents[0]?.stripePaymentIntentId ?? '',
    );
    // Back to the moment before anybody knew.
    await db().deleteFrom('paymentIntents').execute();
    await db().updateTable('payments').set({ status: 'requires_payment_method' }).execute();
    await db().updateTable('attempts').set({ status: 'open' }).execute();
    await db().deleteFrom('auditLog').execute();
    const [attempt] = (await snapshot()).attempts;
    if (!attempt) throw new Error('the attempt is gone');
    const other = openAnotherRuntime(test, 'other');
    const news = { asOf: test.clock.now(), actor: { kind: 'stripe' as const } };
    await Promise.all([
      settlePaymentIntent(other.runtime, { intent, ...news }),
      settleOutcome(test.runtime, {
        attempt,
        outcome: { kind: 'answered', intent },
        stripeRequestId: 'req_1',
        ...news,
      }),
    ]);
    await other.close();
    const { audit } = await snapshot();
    expect(audit.map(({ action }) => action).sort()).toEqual([
      'attempt.succeeded',
      'payment.succeeded',
    ]);
  });

  it('never let an older answer overwrite a newer one', async () => {
    await chargeSavedMethod(test.runtime, await request('4000000000000341'));
    const { intents } = await snapshot();
    const intent = await test.runtime.stripe.paymentIntents.retrieve(
      intents[0]?.stripePaymentIntentId ?? '',
    );
    const actor = { kind: 'worker' as const };
    const now = test.clock.now();
    const tell = (status: string, asOf: number) =>
      settlePaymentIntent(test.runtime, { intent: { ...intent, status }, asOf, actor });
    await tell('processing', now + 2_000);
    await tell('requires_payment_method', now + 1_000);
    expect((await snapshot()).payments).toMatchObject([{ status: 'processing' }]);
    await tell('succeeded', now + 500);
    await tell('processing', now + 9_000);
    expect((await snapshot()).payments).toMatchObject([{ status: 'succeeded' }]);
  });

  it('give nothing back that is not known to be taken: a refund may overtake its capture', async () => {
    const { stripe } = test.runtime;
    const on = await saveCard(test, 'ada', '4242424242424242');
    await chargeSavedMethod(test.runtime, staffCharge(on, { hold: 'renew' }));
    const [held] = (await snapshot()).intents;
    const payment_intent = held?.stripePaymentIntentId ?? '';
    // In the Dashboard: taken, and a part of it given back.
    await stripe.paymentIntents.capture(payment_intent);
    await stripe.refunds.create({ payment_intent, amount: 400 });
    const refunded = await waitUntil('the refund is told', () =>
      db()
        .selectFrom('stripeEvents')
        .select(['type', 'payload'])
        .where('type', '=', 'refund.created')
        .executeTakeFirst(),
    );
    const event = JSON.parse(refunded.payload) as Stripe.Event;
    await findHandler(event.type)?.(test.runtime, event, openAsking(test.runtime));
    expect((await snapshot()).payments).toMatchObject([
      { status: 'succeeded', amountReceivedMinor: 1_099 },
    ]);
    expect(await db().selectFrom('refunds').selectAll().execute()).toMatchObject([
      { status: 'succeeded', amountMinor: 400 },
    ]);
    expect((await checkInvariants(test.runtime)).filter(({ broken }) => broken.length > 0)).toEqual(
      [],
    );
  });

  it('leave other people’s intents alone', async () => {
    const foreign = await test.runtime.stripe.paymentIntents.create({
      amount: 500,
      currency: 'usd',
      automatic_payment_methods: { enabled: true, allow_redirects: 'never' },
    });
    const actor = { kind: 'worker' as const };
    const asOf = test.clock.now();
    expect(await settlePaymentIntent(test.runtime, { intent: foreign, asOf, actor })).toBe(false);
    expect((await snapshot()).intents).toEqual([]);
  });
});
