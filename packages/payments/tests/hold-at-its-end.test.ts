import type { Row } from '@onfile/db/database.ts';
import type { HoldEnd } from '@onfile/db/payments.ts';
import { findPayment, sumUnderAgreement } from '@onfile/db/tables/payments.ts';
import { saveCard } from '@onfile/dev-env/save-card.ts';
import type { OnFile } from '@onfile/dev-env/save-card.ts';
import { staffCharge } from '@onfile/dev-env/staff-charge.ts';
import { describeOnBothDatabases } from '@onfile/dev-env/test-database.ts';
import { openTestRuntime } from '@onfile/dev-env/test-runtime.ts';
import type { TestRuntime } from '@onfile/dev-env/test-runtime.ts';
import { waitUntil } from '@onfile/dev-env/wait-until.ts';
import type Stripe from 'stripe';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { withdrawAgreement } from '../src/agreements/withdraw-agreement.ts';
import { chargeDuePayments } from '../src/charging/charge-due-payments.ts';
import { chargeSavedMethod } from '../src/charging/charge-saved-method.ts';
import { changeHoldEnd } from '../src/holds/change-hold-end.ts';
import { endHeldPayment } from '../src/holds/end-held-payment.ts';
import { raiseHold } from '../src/holds/raise-hold.ts';
import { warnOfHolds } from '../src/holds/warn-of-holds.ts';
import { watchHolds } from '../src/holds/watch-holds.ts';
import { checkInvariants } from '../src/invariants/check-invariants.ts';
import { processInbox } from '../src/webhooks/process-inbox.ts';
import { finishOperations } from '../src/worker/finish-operations.ts';

const hourMs = 60 * 60 * 1000;

describeOnBothDatabases('a hold whose time ends', (dialect) => {
  let test: TestRuntime;
  let ada: OnFile;
  beforeEach(async () => {
    test = await openTestRuntime({ dialect, webhooks: true });
    ada = await saveCard(test, 'ada', '4242424242424242');
  });
  afterEach(async () => {
    const broken = (await checkInvariants(test.runtime)).filter((one) => one.broken.length > 0);
    expect(broken).toEqual([]);
    await test.close();
  });

  async function place(hold: HoldEnd): Promise<Row<'payments'>> {
    const charge = staffCharge(ada, { amount: '250.00', hold, reason: 'Camera, for damage' });
    const answer = await chargeSavedMethod(test.runtime, charge);
    if (answer.kind !== 'payment') throw new Error('taken for a duplicate');
    return answer.payment;
  }

  const all = () =>
    test.runtime.db.selectFrom('payments').selectAll().orderBy('createdAt').orderBy('id').execute();
  const intents = async () =>
    ((await test.control.objects('payment_intent')) as unknown as Stripe.PaymentIntent[]).reverse();
  const mails = async (kind: string) =>
    (await test.runtime.db.selectFrom('outbox').select('kind').execute()).filter(
      (mail) => mail.kind === kind,
    );

  /** So long before the bank lets go. */
  function moveToEnd(payment: Row<'payments'>, hours: number): void {
    test.clock.advance((payment.captureBefore ?? 0) - test.runtime.clock.now() - hours * hourMs);
  }

  /** What two workers do at once, until nothing is left. */
  async function work(): Promise<void> {
    const turns = [watchHolds, finishOperations, chargeDuePayments, processInbox];
    for (let taken = 1; taken > 0;) {
      taken = 0;
      for (const turn of turns) {
        const [one, other] = await Promise.all([turn(test.runtime), turn(test.runtime)]);
        taken += one + other;
      }
    }
  }

  it('is placed by staff on a saved card, for less than five days, since nobody was there', async () => {
    const payment = await place('release');
    expect(payment).toMatchObject({ kind: 'hold', status: 'requires_capture', holdEnd: 'release' });
    const days = ((payment.captureBefore ?? 0) - test.runtime.clock.now()) / (24 * hourMs);
    expect(days).toBeGreaterThan(4.5);
    expect(days).toBeLessThan(5);
    expect(await intents()).toMatchObject([{ capture_method: 'manual', amount: 25_000 }]);
    expect(await mails('hold_placed')).toHaveLength(1);
    await work();
    expect(await findPayment(test.runtime.db, payment.id)).toMatchObject({
      status: 'requires_capture',
    });
  });

  it.each([
    ['release', { status: 'canceled', amountReceivedMinor: 0 }],
    ['capture', { status: 'succeeded', amountReceivedMinor: 25_000 }],
  ] as const)('is ended by %s, once by two workers', async (hold, ended) => {
    const payment = await place(hold);
    moveToEnd(payment, 3);
    await work();
    expect((await all())[0]).toMatchObject({ status: 'requires_capture' });
    moveToEnd(payment, 1);
    await work();
    expect(await all()).toMatchObject([ended]);
    const asked = await test.runtime.db.selectFrom('stripeOperations').select('kind').execute();
    expect(asked.filter(({ kind }) => kind.endsWith('_intent'))).toHaveLength(1);
  });

  it('is held anew by another intent, once, when the answer of the release is lost', async () => {
    const payment = await place('renew');
    moveToEnd(payment, 1);
    await test.control.fault({
      method: 'POST',
      path: '/v1/payment_intents/*/cancel',
      action: 'reset_after',
      times: 2,
    });
    expect(await watchHolds(test.runtime)).toBe(1);
    expect(await watchHolds(test.runtime)).toBe(0);
    await finishOperations(test.runtime);
    test.clock.advance(60_000);
    await work();
    expect(await all()).toMatchObject([
      { id: payment.id, status: 'canceled' },
      { kind: 'hold', status: 'requires_capture', amountMinor: 25_000, holdEnd: 'renew' },
    ]);
    expect((await intents()).map(({ status }) => status)).toEqual(['canceled', 'requires_capture']);
    expect(await sumUnderAgreement(test.runtime.db, ada.agreementId)).toBe(25_000);
  });

  it('is held anew as well when the bank was first to let go', async () => {
    const payment = await place('renew');
    moveToEnd(payment, -1);
    await waitUntil('the bank has let go', async () => {
      await processInbox(test.runtime);
      return (await all()).length === 2;
    });
    await work();
    expect(await all()).toMatchObject([{ status: 'canceled' }, { status: 'requires_capture' }]);
  });

  it('is not held anew once somebody lets it go by hand, or its shopper withdraws', async () => {
    const payment = await place('renew');
    await endHeldPayment(test.runtime, {
      paymentId: payment.id,
      staffId: 'staff-1',
      how: 'release',
      amount: null,
      reason: 'Came back unharmed',
    });
    await work();
    expect(await all()).toMatchObject([{ status: 'canceled' }]);

    const charge = staffCharge(ada, { amount: '90.00', hold: 'renew' });
    await chargeSavedMethod(test.runtime, charge);
    const { id: customerId } = ada.customer;
    await withdrawAgreement(test.runtime, { customerId, agreementId: ada.agreementId });
    test.clock.advance(25 * hourMs);
    await work();
    expect((await all()).map(({ status }) => status)).toEqual(['canceled', 'canceled']);
  });

  it('is not held anew when somebody cancels it in Stripe’s Dashboard', async () => {
    await place('renew');
    const [intent] = await intents();
    await test.runtime.stripe.paymentIntents.cancel(intent?.id ?? '');
    await waitUntil('that is known here', async () => {
      await work();
      return (await all())[0]?.status === 'canceled';
    });
    expect(await all()).toHaveLength(1);
  });

  it('is ended as it was decided, whatever is chosen while that is on its way', async () => {
    const payment = await place('release');
    moveToEnd(payment, 1);
    await watchHolds(test.runtime);
    for (const holdEnd of ['capture', 'renew'] as const) {
      const late = { paymentId: payment.id, staffId: 'staff-1', holdEnd };
      await expect(changeHoldEnd(test.runtime, late)).rejects.toMatchObject({
        code: 'order_not_held',
      });
    }
    await work();
    expect(await all()).toMatchObject([{ status: 'canceled' }]);
  });

  it('ends as staff choose while it is held, and not after', async () => {
    const payment = await place('release');
    const ask = { paymentId: payment.id, staffId: 'staff-1', holdEnd: 'capture' } as const;
    await changeHoldEnd(test.runtime, ask);
    moveToEnd(payment, 1);
    await work();
    expect(await all()).toMatchObject([{ status: 'succeeded' }]);
    await expect(changeHoldEnd(test.runtime, { ...ask, holdEnd: 'renew' })).rejects.toMatchObject({
      code: 'order_not_held',
    });
  });

  it('is raised within the cap, once by two clicks, and captured as a whole', async () => {
    const payment = await place('release');
    const raise = (amount: string) =>
      raiseHold(test.runtime, {
        paymentId: payment.id,
        staffId: 'staff-1',
        amount,
        reason: 'Late',
      });
    await expect(raise('250.00')).rejects.toMatchObject({ code: 'raise_not_above_hold' });
    await expect(raise('9000.00')).rejects.toMatchObject({ code: 'agreement_cap_exceeded' });
    const clicks = await Promise.allSettled([raise('300.00'), raise('300.00')]);
    expect(clicks.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await intents()).toMatchObject([{ amount: 30_000, amount_capturable: 30_000 }]);
    expect(await sumUnderAgreement(test.runtime.db, ada.agreementId)).toBe(30_000);
    const end = {
      paymentId: payment.id,
      staffId: 'staff-1',
      how: 'capture',
      amount: null,
    } as const;
    await endHeldPayment(test.runtime, { ...end, reason: 'Not returned' });
    expect(await all()).toMatchObject([{ status: 'succeeded', amountReceivedMinor: 30_000 }]);
  });

  it('that its bank does not raise stays as it was, with its room under the cap', async () => {
    const payment = await place('release');
    const ask = { paymentId: payment.id, staffId: 'staff-1', amount: '300', reason: 'Late' };
    const path = '/v1/payment_intents/*/increment_authorization';
    await test.control.fault({ method: 'POST', path, action: 'status', status: 400 });
    await expect(raiseHold(test.runtime, ask)).rejects.toMatchObject({ code: 'hold_not_raisable' });
    expect(await sumUnderAgreement(test.runtime.db, ada.agreementId)).toBe(25_000);

    await test.control.fault({ method: 'POST', path, action: 'reset_after', times: 2 });
    await expect(raiseHold(test.runtime, ask)).rejects.toMatchObject({
      code: 'stripe_unavailable',
    });
    test.clock.advance(60_000);
    await work();
    expect(await all()).toMatchObject([{ status: 'requires_capture', amountMinor: 30_000 }]);
  });

  it('is told of at each lead time, once by two workers, and by the shortest that it is in', async () => {
    const payment = await place('capture');
    const warn = () => Promise.all([warnOfHolds(test.runtime), warnOfHolds(test.runtime)]);
    await warn();
    expect(await mails('hold_ending_staff')).toHaveLength(0);
    moveToEnd(payment, 47);
    await warn();
    expect(await mails('hold_ending_staff')).toHaveLength(1);
    moveToEnd(payment, 11);
    await warn();
    await warn();
    expect(await mails('hold_ending_staff')).toHaveLength(2);
  });
});
