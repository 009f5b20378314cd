import type { Row } from '@onfile/db/database.ts';
import { listAttempts } from '@onfile/db/tables/attempts.ts';
import { findPayment } from '@onfile/db/tables/payments.ts';
import { depositPaid } from '@onfile/dev-env/place-order.ts';
import { customerNamed, saveCard } from '@onfile/dev-env/save-card.ts';
import { staffCharge } from '@onfile/dev-env/staff-charge.ts';
import { describeOnBothDatabases } from '@onfile/dev-env/test-database.ts';
import { openAnotherRuntime, openTestRuntime } from '@onfile/dev-env/test-runtime.ts';
import type { TestRuntime } from '@onfile/dev-env/test-runtime.ts';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { withdrawAgreement } from '../src/agreements/withdraw-agreement.ts';
import { chargeDuePayments } from '../src/charging/charge-due-payments.ts';
import { chargeSavedMethod } from '../src/charging/charge-saved-method.ts';

const dayMs = 24 * 60 * 60 * 1000;

describeOnBothDatabases('charging what falls due', (dialect) => {
  let test: TestRuntime;
  let customer: Row<'customers'>;
  beforeEach(async () => {
    test = await openTestRuntime({ dialect });
    customer = await customerNamed(test.runtime, 'ada');
  });
  afterEach(() => test.close());

  const now = async (payment: Row<'payments'>) => {
    const row = await findPayment(test.runtime.db, payment.id);
    if (!row) throw new Error('the payment is gone');
    return row;
  };

  async function workUntilIdle(): Promise<void> {
    while ((await chargeDuePayments(test.runtime)) > 0);
  }

  async function goTo(instant: number | null): Promise<void> {
    if (instant === null) throw new Error('nothing is planned');
    test.clock.advance(Math.max(0, instant - test.runtime.clock.now()) + 1_000);
    await workUntilIdle();
  }

  it('a balance is charged on its day, to the card that paid the deposit', async () => {
    const balance = await depositPaid(test, customer, '4242424242424242');
    expect(balance).toMatchObject({ status: 'scheduled', nextStep: 'charge' });
    expect(balance.chargeAt).toBe(balance.dueAt);
    await workUntilIdle();
    expect(await now(balance)).toMatchObject({ status: 'scheduled' });
    await goTo(balance.dueAt);
    expect(await now(balance)).toMatchObject({
      status: 'succeeded',
      amountReceivedMinor: 6_999,
      nextStep: null,
    });
    const mails = await test.runtime.db.selectFrom('outbox').selectAll().execute();
    expect(mails.map(({ kind }) => kind).filter((kind) => kind === 'payment_charged')).toHaveLength(
      2,
    );
    const [attempt] = await listAttempts(test.runtime.db, balance.id);
    expect(JSON.parse(attempt?.request ?? '{}')).toMatchObject({
      call: 'create',
      params: {
        off_session: true,
        automatic_payment_methods: { enabled: true, allow_redirects: 'never' },
        payment_method_options: { card: { stored_credential_usage: 'installment' } },
      },
    });
  });

  it('two workers at once charge it once', async () => {
    const balance = await depositPaid(test, customer, '4242424242424242');
    test.clock.advance(balance.dueAt - test.runtime.clock.now() + 1_000);
    const other = openAnotherRuntime(test, 'other-worker');
    await Promise.all([chargeDuePayments(test.runtime), chargeDuePayments(other.runtime)]);
    await workUntilIdle();
    await other.close();
    expect(await now(balance)).toMatchObject({ status: 'succeeded' });
    expect(await listAttempts(test.runtime.db, balance.id)).toHaveLength(1);
  });

  it('a decline is tried again on the bank’s advice, on the same intent', async () => {
    const balance = await depositPaid(test, customer, '4242424242424242');
    await test.control.bank({ outcome: 'insufficient_funds', advice_code: 'try_again_later' });
    await goTo(balance.dueAt);
    const declined = await now(balance);
    expect(declined).toMatchObject({
      status: 'requires_payment_method',
      nextStep: 'charge',
      triesMade: 1,
    });
    expect(declined.chargeAt).toBeGreaterThan(test.runtime.clock.now());
    await goTo(declined.chargeAt);
    expect(await now(balance)).toMatchObject({ status: 'succeeded' });
    expect(await listAttempts(test.runtime.db, balance.id)).toMatchObject([
      { status: 'declined', declineCode: 'insufficient_funds' },
      { status: 'succeeded' },
    ]);
    expect(await test.control.objects('payment_intent')).toHaveLength(2);
  });

  it('a bank that wants to see the shopper is not asked again without them', async () => {
    const on = await saveCard(test, 'ada', '4000002760003184');
    const answer = await chargeSavedMethod(test.runtime, staffCharge(on));
    if (answer.kind === 'duplicate') throw new Error('taken for a duplicate');
    expect(answer.payment).toMatchObject({ nextStep: 'shopper', nextStepReason: 'authenticate' });
    await goTo(test.runtime.clock.now() + 40 * dayMs);
    expect(await listAttempts(test.runtime.db, answer.payment.id)).toHaveLength(1);
    const mail = await test.runtime.db
      .selectFrom('outbox')
      .selectAll()
      .where('kind', '=', 'action_required')
      .execute();
    expect(mail).toHaveLength(1);
  });

  it('a withdrawn agreement stops what was planned', async () => {
    const balance = await depositPaid(test, customer, '4242424242424242');
    await withdrawAgreement(test.runtime, {
      customerId: customer.id,
      agreementId: balance.agreementId ?? '',
    });
    expect(await now(balance)).toMatchObject({
      nextStep: 'shopper',
      nextStepReason: 'agreement_not_active',
    });
    await goTo(balance.dueAt);
    expect(await listAttempts(test.runtime.db, balance.id)).toEqual([]);
  });
});
