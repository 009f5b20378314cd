import type { Row } from '@onfile/db/database.ts';
import { listAttempts } from '@onfile/db/tables/attempts.ts';
import { findPayment } from '@onfile/db/tables/payments.ts';
import { saveCard } from '@onfile/dev-env/save-card.ts';
import type { OnFile } from '@onfile/dev-env/save-card.ts';
import { scheduleBalance } from '@onfile/dev-env/schedule-balance.ts';
import { describeOnBothDatabases } from '@onfile/dev-env/test-database.ts';
import { openAnotherRuntime, openTestRuntime } from '@onfile/dev-env/test-runtime.ts';
import type { TestRuntime } from '@onfile/dev-env/test-runtime.ts';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { withdrawAgreement } from '../src/agreements/withdraw-agreement.ts';
import { chargeNow } from '../src/charging/charge-now.ts';
import { pausePayment } from '../src/charging/pause-payment.ts';
import { newId } from '../src/ids.ts';
import { linkForOwner } from '../src/recovery/link-for-owner.ts';
import { startRecoverySession } from '../src/recovery/start-recovery-session.ts';
import { resumeAttempts } from '../src/worker/resume-attempts.ts';

const hourMs = 60 * 60 * 1000;

describeOnBothDatabases('staff charge what is owed now', (dialect) => {
  let test: TestRuntime;
  let on: OnFile;
  let owed: Row<'payments'>;
  beforeEach(async () => {
    test = await openTestRuntime({ dialect });
    on = await saveCard(test, 'ada', '4242424242424242');
    owed = await scheduleBalance(test.runtime, on);
  });
  afterEach(() => test.close());

  const ask = (triesSeen = 0) => ({
    paymentId: owed.id,
    staffId: 'staff-1',
    reason: 'The shopper asked for it',
    triesSeen,
  });
  const now = () => findPayment(test.runtime.db, owed.id);
  const attempts = () => listAttempts(test.runtime.db, owed.id);
  const declineNext = (advice_code = 'try_again_later') =>
    test.control.bank({ outcome: 'insufficient_funds', advice_code });

  it('ahead of its day, once, however often it is clicked', async () => {
    const other = openAnotherRuntime(test, 'another-tab');
    const clicks = await Promise.allSettled([
      chargeNow(test.runtime, ask()),
      chargeNow(other.runtime, ask()),
    ]);
    await other.close();
    expect(clicks.some(({ status }) => status === 'fulfilled')).toBe(true);
    expect(await now()).toMatchObject({ status: 'succeeded', amountReceivedMinor: 4_500 });
    expect(await attempts()).toHaveLength(1);
    await expect(chargeNow(test.runtime, ask(1))).rejects.toMatchObject({
      code: 'payment_settled',
    });
  });

  it('a second click after a decline is the first one’s try, and a new one makes another', async () => {
    await declineNext();
    expect(await chargeNow(test.runtime, ask())).toMatchObject({ nextStep: 'charge' });
    await chargeNow(test.runtime, ask());
    expect(await attempts()).toHaveLength(1);
    expect(await chargeNow(test.runtime, ask(1))).toMatchObject({ status: 'succeeded' });
    expect(await test.control.objects('payment_intent')).toHaveLength(1);
  });

  it('over a broken line: the worker learns what the click came to', async () => {
    const create = { method: 'POST', path: '/v1/payment_intents' };
    await test.control.fault({ ...create, times: 2, action: 'reset_after' });
    await chargeNow(test.runtime, ask());
    expect(await attempts()).toMatchObject([{ status: 'open' }]);
    await expect(chargeNow(test.runtime, ask(1))).rejects.toMatchObject({
      code: 'payment_being_charged',
    });
    test.clock.advance(hourMs);
    await resumeAttempts(test.runtime);
    expect(await now()).toMatchObject({ status: 'succeeded' });
    expect(await test.control.objects('payment_intent')).toHaveLength(1);
  });

  it('not while it is paused, and not while its shopper has a page open to pay it', async () => {
    const token = await linkForOwner(test.runtime, {
      customerId: on.customer.id,
      paymentId: owed.id,
    });
    await startRecoverySession(test.runtime, { token, uiMode: 'embedded_page', keep: false });
    await expect(chargeNow(test.runtime, ask())).rejects.toMatchObject({
      code: 'shopper_is_paying',
    });
    test.clock.advance(hourMs);
    await pausePayment(test.runtime, ask());
    await expect(chargeNow(test.runtime, ask())).rejects.toMatchObject({ code: 'payment_paused' });
    expect(await attempts()).toEqual([]);
  });

  it('not when only the shopper can go on, or their agreement has ended', async () => {
    await declineNext('do_not_try_again');
    expect(await chargeNow(test.runtime, ask())).toMatchObject({ nextStep: 'shopper' });
    await expect(chargeNow(test.runtime, ask(1))).rejects.toMatchObject({
      code: 'shopper_must_act',
    });
    const { customer, agreementId } = on;
    await withdrawAgreement(test.runtime, { customerId: customer.id, agreementId });
    await expect(chargeNow(test.runtime, ask(1))).rejects.toMatchObject({
      code: 'agreement_not_active',
    });
    expect(await attempts()).toHaveLength(1);
  });

  it('not above the network’s ceiling for one card', async () => {
    await declineNext();
    await chargeNow(test.runtime, ask());
    const [first] = await attempts();
    if (!first) throw new Error('nothing was tried');
    // Fourteen more within a sitting: Visa allows fifteen in thirty days.
    const more = Array.from({ length: 14 }, (_, index) => ({
      ...first,
      id: newId('attempt'),
      number: index + 2,
      idempotencyKey: `${owed.id}:${String(index + 2)}`,
    }));
    await test.runtime.db.insertInto('attempts').values(more).execute();
    await expect(chargeNow(test.runtime, ask(15))).rejects.toMatchObject({
      code: 'try_too_early',
    });
    expect(await attempts()).toHaveLength(15);
  });
});
