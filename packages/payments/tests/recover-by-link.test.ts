import type { Row } from '@onfile/db/database.ts';
import { listAttempts } from '@onfile/db/tables/attempts.ts';
import { findPayment, updatePayment } from '@onfile/db/tables/payments.ts';
import { inTransaction } from '@onfile/db/transaction.ts';
import { completeSetup } from '@onfile/dev-env/complete-setup.ts';
import { confirmIntent, endChallenge } from '@onfile/dev-env/confirm-intent.ts';
import { saveCard } from '@onfile/dev-env/save-card.ts';
import { staffCharge } from '@onfile/dev-env/staff-charge.ts';
import { describeOnBothDatabases } from '@onfile/dev-env/test-database.ts';
import { openTestRuntime } from '@onfile/dev-env/test-runtime.ts';
import type { TestRuntime } from '@onfile/dev-env/test-runtime.ts';
import type Stripe from 'stripe';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { chargeDuePayments } from '../src/charging/charge-due-payments.ts';
import { chargeSavedMethod } from '../src/charging/charge-saved-method.ts';
import { settlePaymentSession } from '../src/checkout/settle-payment-session.ts';
import { ensureRecoveryLink } from '../src/recovery/ensure-recovery-link.ts';
import { openRecovery } from '../src/recovery/open-recovery.ts';
import { recoveryToken } from '../src/recovery/recovery-token.ts';
import { revokeRecoveryLink } from '../src/recovery/revoke-recovery-link.ts';
import { startRecoverySession } from '../src/recovery/start-recovery-session.ts';
import { startSameIntent } from '../src/recovery/start-same-intent.ts';

const dayMs = 24 * 60 * 60 * 1000;

describeOnBothDatabases('a payment that its shopper mends by link', (dialect) => {
  let test: TestRuntime;
  beforeEach(async () => {
    test = await openTestRuntime({ dialect });
  });
  afterEach(() => test.close());

  /** Staff have charged a card, and the bank said no. */
  async function failedWith(card: string): Promise<{ payment: Row<'payments'>; token: string }> {
    const on = await saveCard(test, 'ada', card);
    const answer = await chargeSavedMethod(test.runtime, staffCharge(on));
    if (answer.kind === 'duplicate') throw new Error('taken for a duplicate');
    return { payment: answer.payment, token: await tokenFor(answer.payment) };
  }

  async function tokenFor(payment: Row<'payments'>): Promise<string> {
    const link = await inTransaction(test.runtime.db, (tx) =>
      ensureRecoveryLink(tx, test.runtime, payment.id, null),
    );
    return recoveryToken(test.runtime.settings.authSecret, link.id);
  }

  const now = (payment: Row<'payments'>) => findPayment(test.runtime.db, payment.id);
  const intents = async () =>
    (await test.control.objects('payment_intent')) as unknown as Stripe.PaymentIntent[];

  it('authenticates with the card that the bank wanted to be confirmed, on the same intent', async () => {
    const { payment, token } = await failedWith('4000002760003184');
    expect(await openRecovery(test.runtime, token)).toMatchObject({
      state: 'payable',
      step: 'authenticate',
      decline: { declineCode: 'authentication_required' },
    });
    const started = await startSameIntent(test.runtime, token);
    expect(started).toMatchObject({ waitsForStep: false });
    expect(started.stripePaymentMethodId).toMatch(/^pm_/);
    await confirmSaved(started.clientSecret, started.stripePaymentMethodId ?? '');
    expect(await openRecovery(test.runtime, token)).toMatchObject({ step: 'authenticate' });
    // The page was left in the middle: now the step is gone on with, and nothing confirmed anew.
    expect(await startSameIntent(test.runtime, token)).toMatchObject({ waitsForStep: true });
    await endChallenge(test.sandbox, started.clientSecret, 'complete');
    expect(await openRecovery(test.runtime, token)).toMatchObject({ state: 'paid' });
    expect(await now(payment)).toMatchObject({ status: 'succeeded', nextStep: null });
    expect(await intents()).toHaveLength(1);
  });

  async function confirmSaved(clientSecret: string, paymentMethod: string): Promise<void> {
    const id = clientSecret.split('_secret_')[0] ?? '';
    const answer = await fetch(`${test.sandbox.url}/v1/payment_intents/${id}/confirm`, {
      method: 'POST',
      headers: { authorization: `Bearer ${test.runtime.settings.stripe.publishableKey}` },
      body: new URLSearchParams({
        client_secret: clientSecret,
        use_stripe_sdk: 'true',
        payment_method: paymentMethod,
      }),
    });
    expect(answer.status).toBe(200);
  }

  it('tries the same card again when that is what may help', async () => {
    const on = await saveCard(test, 'ada', '4242424242424242');
    await test.control.bank({ outcome: 'insufficient_funds', advice_code: 'try_again_later' });
    const answer = await chargeSavedMethod(test.runtime, staffCharge(on));
    if (answer.kind === 'duplicate') throw new Error('taken for a duplicate');
    const token = await tokenFor(answer.payment);
    expect(await openRecovery(test.runtime, token)).toMatchObject({ step: 'same_card' });
    const started = await startSameIntent(test.runtime, token);
    await confirmSaved(started.clientSecret, started.stripePaymentMethodId ?? '');
    expect(await openRecovery(test.runtime, token)).toMatchObject({ state: 'paid' });
    expect(await intents()).toHaveLength(1);
  });

  it('pays with a new card on the same intent, which is not kept', async () => {
    const { token } = await failedWith('4000000000000341');
    const started = await startSameIntent(test.runtime, token);
    await confirmIntent(test, started.clientSecret, '5555555555554444');
    expect(await openRecovery(test.runtime, token)).toMatchObject({ state: 'paid' });
    expect(await intents()).toHaveLength(1);
    const methods = await test.runtime.db.selectFrom('paymentMethods').select('last4').execute();
    expect(methods).toEqual([{ last4: '0341' }]);
  });

  it.each([
    ['kept for what was agreed to', true],
    ['not kept', false],
  ])(
    'pays with another card in a new Session, %s; the old intent has ended',
    async (_what, keep) => {
      const { payment, token } = await failedWith('4000000000000341');
      expect(await openRecovery(test.runtime, token)).toMatchObject({
        state: 'payable',
        mayKeep: true,
      });
      const start = { token, uiMode: 'embedded_page' as const, keep };
      const { clientSecret } = await startRecoverySession(test.runtime, start);
      const session = clientSecret?.split('_secret_')[0] ?? '';
      expect((await intents()).map(({ status }) => status)).toEqual(['canceled']);
      await completeSetup(test, session, '5555555555554444');
      await settlePaymentSession(test.runtime, session, { kind: 'stripe' });
      expect(await now(payment)).toMatchObject({ status: 'succeeded' });
      expect((await intents()).map(({ status }) => status).sort()).toEqual([
        'canceled',
        'succeeded',
      ]);
      const kept = await test.runtime.db
        .selectFrom('agreementMethods')
        .innerJoin('paymentMethods', 'paymentMethods.id', 'agreementMethods.paymentMethodId')
        .select('paymentMethods.last4')
        .where('agreementId', '=', payment.agreementId ?? '')
        .orderBy('paymentMethods.last4')
        .execute();
      expect(kept.map(({ last4 }) => last4)).toEqual(keep ? ['0341', '4444'] : ['0341']);
    },
  );

  it('says what it is when there is nothing to pay, and when the link has ended', async () => {
    const { payment, token } = await failedWith('4000000000000341');
    await expect(openRecovery(test.runtime, 'nonsense')).rejects.toMatchObject({
      code: 'link_unknown',
    });
    await expect(openRecovery(test.runtime, null)).rejects.toMatchObject({ code: 'link_unknown' });
    await revokeRecoveryLink(test.runtime, { paymentId: payment.id, staffId: 'staff-1' });
    expect(await openRecovery(test.runtime, token)).toMatchObject({ state: 'revoked' });
    await expect(startSameIntent(test.runtime, token)).rejects.toMatchObject({
      code: 'link_ended',
    });
    const next = await tokenFor(payment);
    expect(next).not.toBe(token);
    test.clock.advance(31 * dayMs);
    expect(await openRecovery(test.runtime, next)).toMatchObject({ state: 'expired' });
    const start = { token: next, uiMode: 'embedded_page' as const, keep: false };
    await expect(startRecoverySession(test.runtime, start)).rejects.toMatchObject({
      code: 'link_ended',
    });
    await updatePayment(test.runtime.db, payment.id, { status: 'canceled' });
    expect(await openRecovery(test.runtime, next)).toMatchObject({ state: 'canceled' });
  });

  it('is left to its shopper for half an hour once a step was opened, then tried again', async () => {
    const on = await saveCard(test, 'ada', '4242424242424242');
    await test.control.bank({ outcome: 'insufficient_funds', advice_code: 'try_again_later' });
    const answer = await chargeSavedMethod(test.runtime, staffCharge(on));
    if (answer.kind === 'duplicate') throw new Error('taken for a duplicate');
    const { chargeAt } = answer.payment;
    test.clock.advance((chargeAt ?? 0) - test.runtime.clock.now() - 60_000);
    await startSameIntent(test.runtime, await tokenFor(answer.payment));
    test.clock.advance(2 * 60_000);
    while ((await chargeDuePayments(test.runtime)) > 0);
    expect(await listAttempts(test.runtime.db, answer.payment.id)).toHaveLength(1);
    test.clock.advance(31 * 60_000);
    while ((await chargeDuePayments(test.runtime)) > 0);
    expect(await now(answer.payment)).toMatchObject({ status: 'succeeded' });
    expect(await intents()).toHaveLength(1);
  });

  it('ends a page that was left open before the card is tried again', async () => {
    const on = await saveCard(test, 'ada', '4242424242424242');
    await test.control.bank({ outcome: 'insufficient_funds', advice_code: 'try_again_later' });
    const answer = await chargeSavedMethod(test.runtime, staffCharge(on));
    if (answer.kind === 'duplicate') throw new Error('taken for a duplicate');
    const token = await tokenFor(answer.payment);
    const start = { token, uiMode: 'embedded_page' as const, keep: false };
    const { clientSecret } = await startRecoverySession(test.runtime, start);
    const planned = await now(answer.payment);
    expect(planned).toMatchObject({ nextStep: 'charge' });
    test.clock.advance((planned?.chargeAt ?? 0) - test.runtime.clock.now() + 1_000);
    while ((await chargeDuePayments(test.runtime)) > 0);
    expect(await now(answer.payment)).toMatchObject({ status: 'succeeded' });
    const session = clientSecret?.split('_secret_')[0] ?? '';
    await expect(completeSetup(test, session, '5555555555554444')).rejects.toThrow();
    const paid = (await intents()).filter(({ status }) => status === 'succeeded');
    expect(paid).toHaveLength(1);
  });
});
