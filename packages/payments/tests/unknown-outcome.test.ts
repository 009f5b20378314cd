import { saveCard } from '@onfile/dev-env/save-card.ts';
import { staffCharge } from '@onfile/dev-env/staff-charge.ts';
import { describeOnBothDatabases } from '@onfile/dev-env/test-database.ts';
import { openTestRuntime } from '@onfile/dev-env/test-runtime.ts';
import type { TestRuntime } from '@onfile/dev-env/test-runtime.ts';
import { findPayment } from '@onfile/db/tables/payments.ts';
import { listAttempts } from '@onfile/db/tables/attempts.ts';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { chargeSavedMethod } from '../src/charging/charge-saved-method.ts';
import { settlePaymentIntent } from '../src/state/settle-payment-intent.ts';
import { resumeAttempts } from '../src/worker/resume-attempts.ts';

describeOnBothDatabases('an outcome that is not known', (dialect) => {
  let test: TestRuntime;
  beforeEach(async () => {
    test = await openTestRuntime({ dialect });
  });
  afterEach(() => test.close());

  async function chargeWith(card: string, name = 'ada') {
    const on = await saveCard(test, name, card);
    const answer = await chargeSavedMethod(
      test.runtime,
      staffCharge(on, { amount: '25.00', reason: 'Damage fee' }),
    );
    if (answer.kind === 'duplicate') throw new Error('taken for a duplicate');
    return answer.payment;
  }

  /** Twice, because the SDK itself sends a request again, once, whose connection was reset. */
  const breakNextCreate = (
    action: 'reset_before' | 'reset_after' | 'status',
    status?: number,
    more: { times?: number; shouldRetry?: boolean } = {},
  ) =>
    test.control.fault({
      method: 'POST',
      path: '/v1/payment_intents',
      times: 2,
      action,
      ...(status && { status }),
      ...more,
    });

  const paid = async () =>
    (await test.control.objects('charge')).filter((charge) => charge['status'] === 'succeeded');

  const now = (id: string) => findPayment(test.runtime.db, id);

  it('is not guessed: the attempt stays open until Stripe was asked', async () => {
    await breakNextCreate('reset_after');
    const payment = await chargeWith('4242424242424242');
    expect(payment.status).toBe('requires_payment_method');
    expect(await listAttempts(test.runtime.db, payment.id)).toMatchObject([
      { status: 'open', unknown: 1, sendCount: 1 },
    ]);
    expect(await paid()).toHaveLength(1);

    test.clock.advance(60_000);
    await resumeAttempts(test.runtime);
    expect(await now(payment.id)).toMatchObject({ status: 'succeeded' });
    expect(await paid()).toHaveLength(1);
    const resent = (
      await test.control.requests({ method: 'POST', path: '/v1/payment_intents' })
    ).at(-1);
    expect(resent).toMatchObject({ replayed: true, idempotencyKey: `${payment.id}:1` });
  });

  it('is charged once when the request never arrived', async () => {
    await breakNextCreate('reset_before');
    const payment = await chargeWith('4242424242424242');
    expect(await paid()).toHaveLength(0);
    test.clock.advance(60_000);
    await resumeAttempts(test.runtime);
    expect(await now(payment.id)).toMatchObject({ status: 'succeeded' });
    expect(await paid()).toHaveLength(1);
  });

  it('ends as the decline that it was when only the answer was lost', async () => {
    await breakNextCreate('reset_after');
    const payment = await chargeWith('4000000000000341');
    test.clock.advance(60_000);
    await resumeAttempts(test.runtime);
    expect(await now(payment.id)).toMatchObject({ status: 'requires_payment_method' });
    expect(await listAttempts(test.runtime.db, payment.id)).toMatchObject([
      { status: 'declined', unknown: 0, errorCode: 'card_declined' },
    ]);
  });

  it('is found by our mark in the customer’s list when the key has died', async () => {
    await breakNextCreate('reset_after');
    const payment = await chargeWith('4242424242424242');
    const creates = () => test.control.requests({ method: 'POST', path: '/v1/payment_intents' });
    const before = await creates();
    test.clock.advance(25 * 60 * 60 * 1000);
    await resumeAttempts(test.runtime);
    expect(await now(payment.id)).toMatchObject({ status: 'succeeded' });
    expect(await paid()).toHaveLength(1);
    expect(await creates()).toEqual(before);
  });

  it('is sent anew when the key has died and Stripe has no such intent', async () => {
    await breakNextCreate('reset_before');
    const payment = await chargeWith('4242424242424242');
    test.clock.advance(25 * 60 * 60 * 1000);
    await resumeAttempts(test.runtime);
    expect(await now(payment.id)).toMatchObject({ status: 'succeeded' });
    expect(await paid()).toHaveLength(1);
  });

  it('waits its turn when Stripe says that there are too many requests', async () => {
    await breakNextCreate('status', 429, { times: 3 });
    const payment = await chargeWith('4242424242424242');
    await test.control.clearFaults();
    expect(await listAttempts(test.runtime.db, payment.id)).toMatchObject([{ status: 'open' }]);
    test.clock.advance(60_000);
    await resumeAttempts(test.runtime);
    expect(await now(payment.id)).toMatchObject({ status: 'succeeded' });
  });

  it('is asked about, and not sent again, when Stripe says that a resend is of no use', async () => {
    await breakNextCreate('status', 500, { times: 1, shouldRetry: false });
    const payment = await chargeWith('4242424242424242');
    test.clock.advance(60_000);
    await resumeAttempts(test.runtime);
    expect(await listAttempts(test.runtime.db, payment.id)).toMatchObject([
      { status: 'open', unknown: 1, mayResend: 0, sendCount: 1 },
    ]);
    test.clock.advance(25 * 60 * 60 * 1000);
    await resumeAttempts(test.runtime);
    expect(await now(payment.id)).toMatchObject({ status: 'succeeded' });
    expect(await paid()).toHaveLength(1);
  });

  it('is not closed by a refusal of the resend: a key being rolled says nothing', async () => {
    await breakNextCreate('reset_after');
    const payment = await chargeWith('4242424242424242');
    await breakNextCreate('status', 401);
    test.clock.advance(60_000);
    await resumeAttempts(test.runtime);
    expect(await listAttempts(test.runtime.db, payment.id)).toMatchObject([{ status: 'open' }]);
    await test.control.clearFaults();
    test.clock.advance(60 * 60_000);
    await resumeAttempts(test.runtime);
    expect(await now(payment.id)).toMatchObject({ status: 'succeeded' });
    expect(await paid()).toHaveLength(1);
  });

  it('is read from the intent when the resend is refused as malformed', async () => {
    await breakNextCreate('reset_after');
    const payment = await chargeWith('4242424242424242');
    await breakNextCreate('status', 400);
    test.clock.advance(60_000);
    await resumeAttempts(test.runtime);
    expect(await now(payment.id)).toMatchObject({ status: 'succeeded' });
    expect(await paid()).toHaveLength(1);
  });

  it('is a refusal when Stripe refuses the request and has no such intent', async () => {
    await breakNextCreate('reset_before');
    const payment = await chargeWith('4242424242424242');
    await breakNextCreate('status', 400);
    test.clock.advance(60_000);
    await resumeAttempts(test.runtime);
    expect(await listAttempts(test.runtime.db, payment.id)).toMatchObject([{ status: 'rejected' }]);
    expect(await paid()).toHaveLength(0);
  });

  it('waits out a stored 500, and charges anew only after the key has died', async () => {
    await test.control.fault({
      method: 'POST',
      path: '/v1/payment_intents',
      times: 1,
      action: 'status',
      status: 500,
    });
    const payment = await chargeWith('4242424242424242');
    for (let hours = 0; hours < 8; hours += 1) {
      test.clock.advance(60 * 60_000);
      await resumeAttempts(test.runtime);
    }
    expect(await listAttempts(test.runtime.db, payment.id)).toMatchObject([
      { status: 'open', unknown: 1 },
    ]);
    expect(await paid()).toHaveLength(0);
    test.clock.advance(17 * 60 * 60_000);
    await resumeAttempts(test.runtime);
    expect(await now(payment.id)).toMatchObject({ status: 'succeeded' });
    expect(await paid()).toHaveLength(1);
  });

  it('of one attempt that cannot be settled never holds up the others', async () => {
    await breakNextCreate('reset_before');
    const poisoned = await chargeWith('4242424242424242');
    const { customer } = await saveCard(test, 'ada', '4242424242424242');
    // Two intents that both claim this payment: a fault that no try can mend.
    for (const amount of [2500, 2500]) {
      const intent = await test.runtime.stripe.paymentIntents.create({
        amount,
        currency: 'usd',
        customer: customer.stripeCustomerId ?? '',
        metadata: { onfile_payment: poisoned.id },
      });
      const news = { intent, asOf: test.clock.now(), actor: { kind: 'worker' as const } };
      await settlePaymentIntent(test.runtime, news).catch(() => undefined);
    }
    await breakNextCreate('reset_after');
    const other = await chargeWith('5555555555554444', 'grace');
    await test.control.clearFaults();
    for (let round = 0; round < 4; round += 1) {
      test.clock.advance(10 * 60_000);
      await resumeAttempts(test.runtime);
    }
    expect(await now(other.id)).toMatchObject({ status: 'succeeded' });
    expect(await now(poisoned.id)).not.toMatchObject({ status: 'succeeded' });
  });
});
