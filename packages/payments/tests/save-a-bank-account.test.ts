import { findPaymentMethod } from '@onfile/db/tables/payment-methods.ts';
import { listPendingSetups } from '@onfile/db/views/pending-setups.ts';
import { completeSetup, testAccounts } from '@onfile/dev-env/complete-setup.ts';
import { publishTermsIn } from '@onfile/dev-env/publish-terms-in.ts';
import { customerNamed, openSetup } from '@onfile/dev-env/save-card.ts';
import { staffCharge } from '@onfile/dev-env/staff-charge.ts';
import { describeOnBothDatabases } from '@onfile/dev-env/test-database.ts';
import { openTestRuntime } from '@onfile/dev-env/test-runtime.ts';
import type { TestRuntime } from '@onfile/dev-env/test-runtime.ts';
import { waitUntil } from '@onfile/dev-env/wait-until.ts';
import type Stripe from 'stripe';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { chargeSavedMethod } from '../src/charging/charge-saved-method.ts';
import { getSetupResult } from '../src/setup/get-setup-result.ts';
import { processInbox } from '../src/webhooks/process-inbox.ts';

const purpose = 'fees';

describeOnBothDatabases('saving a bank account', (dialect) => {
  let test: TestRuntime;
  beforeEach(async () => {
    test = await openTestRuntime({ dialect, webhooks: true });
  });
  afterEach(() => test.close());

  /** A shopper has entered an account under terms in its currency. */
  async function entered(currency: string, account: keyof typeof testAccounts) {
    await publishTermsIn(test.runtime, { purpose, currency });
    const customer = await customerNamed(test.runtime, 'ada');
    const opened = await openSetup(test.runtime, customer, { purpose });
    await completeSetup(test, opened.stripeSessionId, testAccounts[account]);
    const ask = () => getSetupResult(test.runtime, { customerId: customer.id, ...opened });
    return { customer, ...opened, ask };
  }

  async function settleEvent(type: string): Promise<void> {
    await waitUntil(`${type} is stored`, () =>
      test.runtime.db
        .selectFrom('stripeEvents')
        .select('id')
        .where('type', '=', type)
        .executeTakeFirst(),
    );
    while ((await processInbox(test.runtime)) > 0);
  }

  async function setupIntentOf(stripeSessionId: string): Promise<string> {
    const session = await test.runtime.stripe.checkout.sessions.retrieve(stripeSessionId);
    return session.setup_intent as string;
  }

  it.each([
    ['eur', 'sepa', 'sepa_debit', '3201'],
    ['aud', 'becs', 'au_becs_debit', '3456'],
  ] as const)('in %s keeps the mandate with it', async (currency, account, type, last4) => {
    const { ask } = await entered(currency, account);
    const result = await ask();
    if (result.state !== 'saved') throw new Error(`it is ${result.state}`);
    expect(await findPaymentMethod(test.runtime.db, result.paymentMethodId)).toMatchObject({
      type,
      last4,
      stripeMandateId: expect.stringMatching(/^mandate_/) as string,
      mandateStatus: 'active',
    });
  });

  it('names the mandate whenever it is debited later', async () => {
    const { ask, customer, sessionId } = await entered('eur', 'sepa');
    const result = await ask();
    if (result.state !== 'saved') throw new Error(`it is ${result.state}`);
    const method = await findPaymentMethod(test.runtime.db, result.paymentMethodId);
    const session = await test.runtime.db
      .selectFrom('checkoutSessions')
      .select('agreementId')
      .where('id', '=', sessionId)
      .executeTakeFirstOrThrow();
    if (!method || !session.agreementId) throw new Error('what was saved is gone');
    const on = { customer, method, agreementId: session.agreementId };
    const known = await customerNamed(test.runtime, 'ada');
    await chargeSavedMethod(
      test.runtime,
      staffCharge({ ...on, customer: known }, { currency: 'eur' }),
    );
    const attempt = await test.runtime.db
      .selectFrom('attempts')
      .select(['status', 'request'])
      .executeTakeFirstOrThrow();
    expect(attempt.status).toBe('processing');
    expect(JSON.parse(attempt.request)).toMatchObject({
      params: { mandate: method.stripeMandateId, off_session: true },
    });
  });

  it('waits for two small deposits in the United States, with the way to confirm them', async () => {
    const { ask, customer } = await entered('usd', 'ach');
    const result = await ask();
    expect(result).toMatchObject({
      state: 'needs_step',
      verify: { url: expect.stringContaining('/microdeposits/') as string },
    });
    expect(await listPendingSetups(test.runtime.db, customer.id, { limit: 9 })).toMatchObject([
      { intentStatus: 'requires_action', method: { type: 'us_bank_account', last4: '6789' } },
    ]);
    const stored = await test.runtime.db.selectFrom('checkoutSessions').selectAll().execute();
    expect(JSON.stringify(stored)).not.toContain('secret');
  });

  it('is saved by its event when the deposits were confirmed days later', async () => {
    const { ask, customer, stripeSessionId } = await entered('usd', 'ach');
    await settleEvent('checkout.session.completed');
    expect(await listPendingSetups(test.runtime.db, customer.id, { limit: 9 })).toHaveLength(1);
    test.clock.advance(2 * 86_400_000);
    const id = await setupIntentOf(stripeSessionId);
    await test.runtime.stripe.setupIntents.verifyMicrodeposits(id, { descriptor_code: 'SM11AA' });
    await settleEvent('setup_intent.succeeded');
    expect(await listPendingSetups(test.runtime.db, customer.id, { limit: 9 })).toEqual([]);
    const methods = await test.runtime.db.selectFrom('paymentMethods').selectAll().execute();
    expect(methods).toMatchObject([
      {
        type: 'us_bank_account',
        status: 'attached',
        stripeMandateId: expect.any(String) as string,
      },
    ]);
    expect(await ask()).toEqual({ state: 'saved', paymentMethodId: methods[0]?.id });
  });

  it('fails by its event when the deposits were named wrongly too often', async () => {
    const { ask, customer, stripeSessionId } = await entered('usd', 'ach');
    await settleEvent('checkout.session.completed');
    const id = await setupIntentOf(stripeSessionId);
    const wrong = test.runtime.stripe.setupIntents.verifyMicrodeposits(id, {
      descriptor_code: 'SM33CC',
    });
    await expect(wrong).rejects.toMatchObject({ statusCode: 400 });
    await settleEvent('setup_intent.setup_failed');
    expect(await ask()).toEqual({ state: 'failed', continueUrl: null });
    expect(await listPendingSetups(test.runtime.db, customer.id, { limit: 9 })).toEqual([]);
    expect(await test.runtime.db.selectFrom('paymentMethods').selectAll().execute()).toEqual([]);
  });

  it('is not offered where the shop keeps to cards', async () => {
    test.runtime.settings.bankDebits = false;
    const customer = await customerNamed(test.runtime, 'ada');
    const { stripeSessionId } = await openSetup(test.runtime, customer);
    const session = await test.runtime.stripe.checkout.sessions.retrieve(stripeSessionId);
    expect(session.payment_method_types).toEqual(['card']);
  });

  it('is offered beside cards in the currency of the terms', async () => {
    const offered = async (currency: string): Promise<Stripe.Checkout.Session> => {
      await publishTermsIn(test.runtime, { purpose, currency });
      const customer = await customerNamed(test.runtime, 'ada');
      const { stripeSessionId } = await openSetup(test.runtime, customer, { purpose });
      return test.runtime.stripe.checkout.sessions.retrieve(stripeSessionId);
    };
    const types = async (currency: string) => (await offered(currency)).payment_method_types;
    expect(await types('usd')).toEqual(['card', 'us_bank_account']);
    expect(await types('eur')).toEqual(['card', 'sepa_debit']);
    expect(await types('aud')).toEqual(['card', 'au_becs_debit']);
    expect(await types('jpy')).toEqual(['card']);
  });
});
