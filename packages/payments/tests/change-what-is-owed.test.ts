import { listAttempts } from '@onfile/db/tables/attempts.ts';
import { listAudit } from '@onfile/db/tables/audit-log.ts';
import type { Row } from '@onfile/db/database.ts';
import { findPayment } from '@onfile/db/tables/payments.ts';
import { saveCard } from '@onfile/dev-env/save-card.ts';
import type { OnFile } from '@onfile/dev-env/save-card.ts';
import { scheduleBalance } from '@onfile/dev-env/schedule-balance.ts';
import { describeOnBothDatabases } from '@onfile/dev-env/test-database.ts';
import { openTestRuntime } from '@onfile/dev-env/test-runtime.ts';
import type { TestRuntime } from '@onfile/dev-env/test-runtime.ts';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { changeAmount } from '../src/charging/change-amount.ts';
import { chargeDuePayments } from '../src/charging/charge-due-payments.ts';
import { pausePayment } from '../src/charging/pause-payment.ts';
import { daysToChoose, reschedulePayment } from '../src/charging/reschedule-payment.ts';
import { resumePayment } from '../src/charging/resume-payment.ts';
import { linkForOwner } from '../src/recovery/link-for-owner.ts';
import { startRecoverySession } from '../src/recovery/start-recovery-session.ts';

const dayMs = 24 * 60 * 60 * 1000;

describeOnBothDatabases('what staff change about an amount that is owed', (dialect) => {
  let test: TestRuntime;
  let on: OnFile;
  let owed: Row<'payments'>;
  beforeEach(async () => {
    test = await openTestRuntime({ dialect });
    on = await saveCard(test, 'ada', '4242424242424242');
    owed = await scheduleBalance(test.runtime, on);
  });
  afterEach(() => test.close());

  const ask = (reason = 'The shopper has called') => ({
    paymentId: owed.id,
    staffId: 'staff-1',
    reason,
  });
  const now = () => findPayment(test.runtime.db, owed.id);

  /** A day of the shop's calendar, so many days from now. */
  const dayIn = (days: number) => {
    const { timeZone } = test.runtime.settings;
    const at = test.runtime.clock.now() + days * dayMs;
    return new Intl.DateTimeFormat('en-CA', { timeZone }).format(at);
  };

  async function passDays(days: number): Promise<void> {
    test.clock.advance(days * dayMs);
    while ((await chargeDuePayments(test.runtime)) > 0);
  }

  it('put on another day, it is charged on that day and not on the first', async () => {
    const moved = await reschedulePayment(test.runtime, { ...ask(), day: dayIn(20) });
    expect(moved).toMatchObject({ status: 'scheduled', nextStep: 'charge' });
    expect(moved.chargeAt).toBe(moved.dueAt);
    await passDays(11);
    expect(await listAttempts(test.runtime.db, owed.id)).toEqual([]);
    await passDays(10);
    expect(await now()).toMatchObject({ status: 'succeeded' });
    const facts = await listAudit(test.runtime.db, owed.id);
    const fact = facts.find(({ action }) => action === 'payment.rescheduled');
    expect(fact).toMatchObject({ actorKind: 'staff', actorId: 'staff-1' });
    expect(JSON.parse(fact?.details ?? '{}')).toEqual({
      reason: 'The shopper has called',
      from: owed.dueAt,
      to: moved.dueAt,
    });
  });

  it('a further try of a declined amount waits for the day that staff have chosen', async () => {
    await test.control.bank({ outcome: 'insufficient_funds', advice_code: 'try_again_later' });
    await passDays(11);
    expect(await now()).toMatchObject({ nextStep: 'charge', triesMade: 1 });
    const moved = await reschedulePayment(test.runtime, { ...ask(), day: dayIn(12) });
    expect(moved.chargeAt).toBe(moved.dueAt);
    await passDays(8);
    expect(await listAttempts(test.runtime.db, owed.id)).toHaveLength(1);
    await passDays(5);
    expect(await now()).toMatchObject({ status: 'succeeded' });
  });

  it('no day before today, after two years or after the agreement is taken', async () => {
    const refused = { code: 'day_out_of_range', field: 'day' };
    const put = (day: string) => reschedulePayment(test.runtime, { ...ask(), day });
    await expect(put(dayIn(-1))).rejects.toMatchObject(refused);
    await expect(put(dayIn(800))).rejects.toMatchObject(refused);
    await test.runtime.db
      .updateTable('agreements')
      .set({ validUntil: test.runtime.clock.now() + 30 * dayMs })
      .where('id', '=', on.agreementId)
      .execute();
    await expect(put(dayIn(32))).rejects.toMatchObject(refused);
    await expect(put(dayIn(29))).resolves.toMatchObject({ nextStep: 'charge' });
    expect(daysToChoose(test.runtime).first).toBe(dayIn(0));
  });

  it('another amount is what is charged, within the cap and the currency’s steps', async () => {
    const change = (amount: string) => changeAmount(test.runtime, { ...ask(), amount });
    await expect(change('12.345')).rejects.toMatchObject({ code: 'amount_too_precise' });
    await expect(change('0.10')).rejects.toMatchObject({ code: 'amount_too_small' });
    await expect(change('100000')).rejects.toMatchObject({ field: 'amount' });
    expect(await change('61.20')).toMatchObject({ amountMinor: 6_120, nextStep: 'charge' });
    await passDays(11);
    expect(await now()).toMatchObject({ status: 'succeeded', amountReceivedMinor: 6_120 });
    await expect(change('70')).rejects.toMatchObject({ code: 'payment_settled' });
  });

  it('an amount above what the agreement leaves is refused with what is left', async () => {
    const { capAmountMinor } = await test.runtime.db
      .selectFrom('agreements')
      .select('capAmountMinor')
      .where('id', '=', on.agreementId)
      .executeTakeFirstOrThrow();
    const amount = String(Math.floor(capAmountMinor / 100) + 1);
    await expect(changeAmount(test.runtime, { ...ask(), amount })).rejects.toMatchObject({
      code: 'agreement_cap_exceeded',
      field: 'amount',
    });
  });

  it('an amount that is due is not changed any more', async () => {
    test.clock.advance(11 * dayMs);
    await expect(changeAmount(test.runtime, { ...ask(), amount: '50' })).rejects.toMatchObject({
      code: 'payment_due_already',
    });
  });

  it('a page on which the old amount could be paid is ended before it changes', async () => {
    const token = await linkForOwner(test.runtime, {
      customerId: on.customer.id,
      paymentId: owed.id,
    });
    await startRecoverySession(test.runtime, { token, uiMode: 'embedded_page', keep: false });
    await changeAmount(test.runtime, { ...ask(), amount: '50' });
    const { data } = await test.runtime.stripe.checkout.sessions.list({ limit: 10 });
    const paying = data.filter(({ mode }) => mode === 'payment');
    expect(paying).toMatchObject([{ status: 'expired', amount_total: 4_500 }]);
    await passDays(11);
    expect(await now()).toMatchObject({ status: 'succeeded', amountReceivedMinor: 5_000 });
  });

  it('paused, no worker charges it; let go on, it is charged at once when its day has come', async () => {
    expect(await pausePayment(test.runtime, ask())).toMatchObject({
      nextStep: 'staff',
      nextStepReason: 'paused',
    });
    await pausePayment(test.runtime, ask('A second click'));
    await passDays(30);
    expect(await listAttempts(test.runtime.db, owed.id)).toEqual([]);
    expect(await resumePayment(test.runtime, ask())).toMatchObject({ nextStep: 'charge' });
    await passDays(0);
    expect(await now()).toMatchObject({ status: 'succeeded' });
    const actions = (await listAudit(test.runtime.db, owed.id)).map(({ action }) => action);
    expect(actions.filter((action) => action === 'payment.paused')).toHaveLength(1);
  });

  it('nothing is decided without a reason, or of a payment that is not there', async () => {
    await expect(pausePayment(test.runtime, ask('  '))).rejects.toMatchObject({
      code: 'reason_missing',
      field: 'reason',
    });
    const unknown = { ...ask(), paymentId: 'pay_none' };
    await expect(pausePayment(test.runtime, unknown)).rejects.toMatchObject({ code: 'not_found' });
  });

  it('while the end of an attempt is not known, nothing is changed', async () => {
    await test.control.fault({
      method: 'POST',
      path: '/v1/payment_intents',
      times: 5,
      action: 'reset_after',
    });
    await passDays(11);
    const refused = { code: 'payment_being_charged' };
    await expect(pausePayment(test.runtime, ask())).rejects.toMatchObject(refused);
    const put = reschedulePayment(test.runtime, { ...ask(), day: dayIn(20) });
    await expect(put).rejects.toMatchObject(refused);
  });
});
