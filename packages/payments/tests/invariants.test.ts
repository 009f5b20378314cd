import type { Row } from '@onfile/db/database.ts';
import { updatePayment } from '@onfile/db/tables/payments.ts';
import { saveCard } from '@onfile/dev-env/save-card.ts';
import { scheduleBalance } from '@onfile/dev-env/schedule-balance.ts';
import { staffCharge } from '@onfile/dev-env/staff-charge.ts';
import { describeOnBothDatabases } from '@onfile/dev-env/test-database.ts';
import { openTestRuntime } from '@onfile/dev-env/test-runtime.ts';
import type { TestRuntime } from '@onfile/dev-env/test-runtime.ts';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { chargeSavedMethod } from '../src/charging/charge-saved-method.ts';
import { newId } from '../src/ids.ts';
import { checkInvariants } from '../src/invariants/check-invariants.ts';

const dayMs = 24 * 60 * 60 * 1000;

describeOnBothDatabases('what must hold at any moment', (dialect) => {
  let test: TestRuntime;
  let paid: Row<'payments'>;
  let balance: Row<'payments'>;
  beforeEach(async () => {
    test = await openTestRuntime({ dialect });
    const on = await saveCard(test, 'ada', '4242424242424242');
    const answer = await chargeSavedMethod(test.runtime, staffCharge(on));
    if (answer.kind === 'duplicate') throw new Error('taken for a duplicate');
    paid = answer.payment;
    balance = await scheduleBalance(test.runtime, on);
  });
  afterEach(() => test.close());

  const broken = async () =>
    (await checkInvariants(test.runtime))
      .filter((invariant) => invariant.broken.length > 0)
      .map(({ name }) => name);

  it('holds after a charge, and with an amount that waits for its day', async () => {
    expect(await broken()).toEqual([]);
  });

  const db = () => test.runtime.db;

  const plants: [string, () => Promise<unknown>][] = [
    [
      'paid_never_above_owed',
      () => updatePayment(db(), paid.id, { amountReceivedMinor: paid.amountMinor + 1 }),
    ],
    ['one_success_per_payment', () => plantSecondIntent()],
    [
      'no_cap_is_exceeded',
      () => updatePayment(db(), paid.id, { amountMinor: 50_001, amountReceivedMinor: 50_001 }),
    ],
    ['refunded_never_above_paid', () => plantRefund()],
    [
      'every_success_has_an_intent',
      () => updatePayment(db(), balance.id, { status: 'succeeded', nextStep: null }),
    ],
    [
      'every_attempt_has_an_outcome',
      () => db().updateTable('attempts').set({ status: 'open', nextTryAt: 0 }).execute(),
    ],
    [
      'every_operation_is_finished',
      () => db().updateTable('stripeOperations').set({ status: 'open', nextTryAt: 0 }).execute(),
    ],
    [
      'every_debt_has_a_next_step',
      () => updatePayment(db(), balance.id, { nextStep: null, chargeAt: null }),
    ],
    [
      'no_charge_is_overdue',
      () =>
        updatePayment(db(), balance.id, {
          chargeAt: test.runtime.clock.now() - 2 * 60 * 60 * 1000,
        }),
    ],
    [
      'no_stale_lease',
      () => updatePayment(db(), balance.id, { leasedUntil: test.runtime.clock.now() - dayMs }),
    ],
  ];

  it.each(plants)('finds what breaks %s', async (name, plant) => {
    await plant();
    expect(await broken()).toContain(name);
  });

  it('is asked of everything that is asked for', async () => {
    const names = (await checkInvariants(test.runtime)).map(({ name }) => name);
    expect(plants.map(([name]) => name).sort()).toEqual(names.sort());
  });

  async function plantSecondIntent(): Promise<void> {
    const now = test.runtime.clock.now();
    await db()
      .insertInto('paymentIntents')
      .values({
        id: newId('paymentIntent'),
        paymentId: paid.id,
        stripePaymentIntentId: 'pi_second',
        status: 'succeeded',
        amountReceivedMinor: paid.amountMinor,
        latestChargeId: null,
        futureUsage: null,
        supersededAt: now,
        asOf: now,
        createdAt: now,
        updatedAt: now,
      })
      .execute();
  }

  async function plantRefund(): Promise<void> {
    const now = test.runtime.clock.now();
    await db()
      .insertInto('refunds')
      .values({
        id: newId('refund'),
        paymentId: paid.id,
        amountMinor: paid.amountMinor + 1,
        currency: 'usd',
        reason: 'requested_by_customer',
        note: '',
        status: 'pending',
        asOf: now,
        createdAt: now,
        updatedAt: now,
      })
      .execute();
  }
});
