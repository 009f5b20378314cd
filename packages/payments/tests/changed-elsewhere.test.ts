import { testAccounts } from '@onfile/dev-env/complete-setup.ts';
import { publishTermsIn } from '@onfile/dev-env/publish-terms-in.ts';
import { saveCard } from '@onfile/dev-env/save-card.ts';
import { scheduleBalance } from '@onfile/dev-env/schedule-balance.ts';
import { staffCharge } from '@onfile/dev-env/staff-charge.ts';
import { describeOnBothDatabases } from '@onfile/dev-env/test-database.ts';
import { openTestRuntime } from '@onfile/dev-env/test-runtime.ts';
import type { TestRuntime } from '@onfile/dev-env/test-runtime.ts';
import { waitUntil } from '@onfile/dev-env/wait-until.ts';
import { findPaymentMethod } from '@onfile/db/tables/payment-methods.ts';
import { findPayment } from '@onfile/db/tables/payments.ts';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { chargeSavedMethod } from '../src/charging/charge-saved-method.ts';
import { processInbox } from '../src/webhooks/process-inbox.ts';

describeOnBothDatabases('what is changed at Stripe, past us', (dialect) => {
  let test: TestRuntime;
  beforeEach(async () => {
    test = await openTestRuntime({ dialect, webhooks: true });
  });
  afterEach(() => test.close());

  /** What a bank does without being asked, by the sandbox's own control. */
  async function bankDoes(path: string, body: object): Promise<void> {
    const answer = await fetch(`${test.sandbox.url}/_sandbox/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    expect(answer.status).toBe(200);
  }

  async function settleEvents(type: string): Promise<void> {
    await waitUntil(`${type} is stored`, () =>
      test.runtime.db
        .selectFrom('stripeEvents')
        .select('id')
        .where('type', '=', type)
        .executeTakeFirst(),
    );
    while ((await processInbox(test.runtime)) > 0);
  }

  it('arrives by webhook: a card detached in the Dashboard is gone here', async () => {
    const { method } = await saveCard(test, 'ada', '4242424242424242');
    await test.runtime.stripe.paymentMethods.detach(method.stripePaymentMethodId);
    await settleEvents('payment_method.detached');
    expect(await findPaymentMethod(test.runtime.db, method.id)).toMatchObject({
      status: 'detached',
      detachedAt: expect.any(Number) as number,
    });
  });

  it('arrives by webhook: a new expiry is shown', async () => {
    const { method } = await saveCard(test, 'ada', '4242424242424242');
    await test.runtime.stripe.paymentMethods.update(method.stripePaymentMethodId, {
      card: { exp_month: 2, exp_year: 2041 },
    });
    await settleEvents('payment_method.updated');
    expect(await findPaymentMethod(test.runtime.db, method.id)).toMatchObject({
      expMonth: 2,
      expYear: 2041,
    });
  });

  it('arrives by webhook: the bank’s new number is shown, and that the bank sent it', async () => {
    const { method } = await saveCard(test, 'ada', '4242424242424242');
    await bankDoes(`payment_methods/${method.stripePaymentMethodId}/update`, { exp_year: 2043 });
    await settleEvents('payment_method.automatically_updated');
    expect(await findPaymentMethod(test.runtime.db, method.id)).toMatchObject({
      expYear: 2043,
      bankUpdatedAt: expect.any(Number) as number,
    });
  });

  it('arrives by webhook: an account whose mandate was taken back is not charged', async () => {
    const { runtime } = test;
    await publishTermsIn(runtime, { purpose: 'balances_and_fees', currency: 'eur' });
    const on = await saveCard(test, 'ada', testAccounts.sepa);
    await settleEvents('mandate.updated');
    const active = await findPaymentMethod(runtime.db, on.method.id);
    expect(active).toMatchObject({ mandateStatus: 'active' });
    const balance = await scheduleBalance(runtime, on, { currency: 'eur' });
    expect(balance).toMatchObject({ nextStep: 'charge' });
    await bankDoes(`mandates/${active?.stripeMandateId ?? ''}/revoke`, {});
    await waitUntil('the end of the mandate is known here', async () => {
      await processInbox(runtime);
      const now = await findPaymentMethod(runtime.db, on.method.id);
      return now?.mandateStatus === 'inactive';
    });
    const charge = chargeSavedMethod(runtime, staffCharge(on, { currency: 'eur' }));
    await expect(charge).rejects.toMatchObject({ code: 'mandate_inactive' });
    expect(await findPayment(runtime.db, balance.id)).toMatchObject({
      nextStep: 'shopper',
      nextStepReason: 'mandate_inactive',
      chargeAt: null,
    });
    const mails = await runtime.db
      .selectFrom('outbox')
      .select(['kind', 'toAddress', 'data'])
      .where('kind', 'in', ['mandate_ended', 'mandate_ended_staff'])
      .orderBy('kind')
      .execute();
    expect(mails).toMatchObject([
      { kind: 'mandate_ended', toAddress: 'ada@example.com' },
      { kind: 'mandate_ended_staff', toAddress: runtime.settings.mail.staffAddress },
    ]);
    expect(JSON.parse(mails[0]?.data ?? '{}')).toMatchObject({ waiting: 1 });
  });

  it('is nothing to us when it is about somebody else’s card', async () => {
    const foreign = await test.runtime.stripe.customers.create({ payment_method: 'pm_card_visa' });
    const [card] = (await test.runtime.stripe.customers.listPaymentMethods(foreign.id)).data;
    await test.runtime.stripe.paymentMethods.detach(card?.id ?? '');
    await settleEvents('payment_method.detached');
    expect(await test.runtime.db.selectFrom('paymentMethods').selectAll().execute()).toEqual([]);
  });
});
