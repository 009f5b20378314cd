import type { Row } from '@onfile/db/database.ts';
import { findOrder } from '@onfile/db/tables/orders.ts';
import { listOrderPayments } from '@onfile/db/tables/payments.ts';
import { completeSetup } from '@onfile/dev-env/complete-setup.ts';
import { orderWithPlan, reservationKept } from '@onfile/dev-env/place-order.ts';
import { customerNamed } from '@onfile/dev-env/save-card.ts';
import { describeOnBothDatabases } from '@onfile/dev-env/test-database.ts';
import { openTestRuntime } from '@onfile/dev-env/test-runtime.ts';
import type { TestRuntime } from '@onfile/dev-env/test-runtime.ts';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { withdrawAgreement } from '../src/agreements/withdraw-agreement.ts';
import { chargeDuePayments } from '../src/charging/charge-due-payments.ts';
import { settlePaymentSession } from '../src/checkout/settle-payment-session.ts';
import { cancelReservation, minuteInShop } from '../src/fees/cancel-reservation.ts';
import type { Cancellation } from '../src/fees/cancel-reservation.ts';
import { chargeOrderFee } from '../src/fees/charge-order-fee.ts';
import { newId } from '../src/ids.ts';
import { checkInvariants } from '../src/invariants/check-invariants.ts';
import { linkForOwner } from '../src/recovery/link-for-owner.ts';
import { startRecoverySession } from '../src/recovery/start-recovery-session.ts';
import { finishOperations } from '../src/worker/finish-operations.ts';
import { resumeAttempts } from '../src/worker/resume-attempts.ts';

const hourMs = 60 * 60 * 1000;
const dayMs = 24 * hourMs;
const staff = { kind: 'staff', id: 'staff-1' } as const;

describeOnBothDatabases('the fees of a reservation', (dialect) => {
  let test: TestRuntime;
  let ada: Row<'customers'>;
  beforeEach(async () => {
    test = await openTestRuntime({ dialect });
    ada = await customerNamed(test.runtime, 'ada');
  });
  afterEach(async () => {
    while ((await finishOperations(test.runtime)) > 0);
    const broken = (await checkInvariants(test.runtime)).filter((one) => one.broken.length > 0);
    expect(broken).toEqual([]);
    await test.close();
  });

  const payments = (order: Row<'orders'>) => listOrderPayments(test.runtime.db, order.id);
  const status = async (order: Row<'orders'>) =>
    (await findOrder(test.runtime.db, order.id))?.status;
  const noShow = (order: Row<'orders'>) =>
    chargeOrderFee(test.runtime, { kind: 'no_show', orderId: order.id, staffId: 'staff-1' });
  const damage = (order: Row<'orders'>, amount: string, chargeRequestId = newId('chargeRequest')) =>
    chargeOrderFee(test.runtime, {
      kind: 'damage',
      orderId: order.id,
      staffId: 'staff-1',
      chargeRequestId,
      amount,
      note: 'a torn sheet',
    });
  const cancel = (order: Row<'orders'>, change: Partial<Cancellation> = {}) =>
    cancelReservation(
      test.runtime,
      {
        orderId: order.id,
        notice: null,
        knowsOfFee: false,
        reason: null,
        ...change,
      },
      { kind: 'shopper', id: ada.id },
    );
  const intents = () => test.control.objects('payment_intent');
  const mails = async () =>
    (await test.runtime.db.selectFrom('outbox').select('kind').execute()).map(({ kind }) => kind);

  it('nobody comes: half the price is charged once, in two tabs at once', async () => {
    const order = await reservationKept(test, ada);
    await expect(noShow(order)).rejects.toMatchObject({ code: 'event_not_passed' });
    test.clock.advance(60 * dayMs);
    const clicks = await Promise.all([noShow(order), noShow(order)]);
    expect(new Set(clicks.map(({ id }) => id)).size).toBe(1);
    expect(await payments(order)).toMatchObject([
      {
        kind: 'fee',
        status: 'succeeded',
        amountMinor: 5_000,
        reason: `No-show: Cabin for two nights (${order.number})`,
        createdByStaffId: 'staff-1',
      },
    ]);
    expect(await intents()).toHaveLength(1);
    expect(await status(order)).toBe('paid');
    expect((await mails()).filter((kind) => kind === 'payment_charged')).toHaveLength(1);
  });

  it('canceled in time costs nothing, and cannot be charged as a no-show', async () => {
    const order = await reservationKept(test, ada);
    test.clock.advance(58 * dayMs - hourMs);
    await cancel(order);
    await cancel(order);
    expect(await status(order)).toBe('canceled');
    expect(await payments(order)).toEqual([]);
    test.clock.advance(3 * dayMs);
    await expect(noShow(order)).rejects.toMatchObject({ code: 'order_ended' });
    await expect(damage(order, '20.00')).rejects.toMatchObject({ code: 'order_ended' });
  });

  it('canceled late costs what the page has named, and nothing that it has not', async () => {
    const order = await reservationKept(test, ada);
    test.clock.advance(58 * dayMs + hourMs);
    await expect(cancel(order)).rejects.toMatchObject({
      code: 'canceling_costs',
      params: { amount: '$50.00' },
    });
    expect(await status(order)).toBe('open');
    await Promise.all([cancel(order, { knowsOfFee: true }), cancel(order, { knowsOfFee: true })]);
    expect(await status(order)).toBe('canceled');
    expect(await payments(order)).toMatchObject(
      [{ status: 'succeeded', amountMinor: 5_000, reason: /^Late cancellation: / }].map((one) => ({
        ...one,
        reason: expect.stringMatching(one.reason) as string,
      })),
    );
    expect(await intents()).toHaveLength(1);
  });

  it('staff cancel by the notice that was given, or let the shopper off', async () => {
    const inTime = await reservationKept(test, ada);
    const letOff = await reservationKept(test, ada);
    test.clock.advance(59 * dayMs);
    for (const moment of [test.clock.now() + hourMs, inTime.placedAt - hourMs]) {
      const notice = minuteInShop(test.runtime, moment);
      await expect(cancel(inTime, { notice, knowsOfFee: true })).rejects.toMatchObject({
        code: 'notice_out_of_range',
        field: 'noticeAt',
      });
    }
    await expect(cancel(inTime, { reason: ' ' })).rejects.toMatchObject({ code: 'reason_missing' });
    const told = minuteInShop(test.runtime, test.clock.now() - 2 * dayMs);
    await cancelReservation(
      test.runtime,
      {
        orderId: inTime.id,
        notice: told,
        knowsOfFee: true,
        reason: 'Called on Monday',
      },
      staff,
    );
    await cancel(letOff, { knowsOfFee: true, isWaived: true, reason: 'Ill' });
    expect([await status(inTime), await status(letOff)]).toEqual(['canceled', 'canceled']);
    expect(await intents()).toEqual([]);
  });

  it('a fee that the bank refuses waits with a link, and one of a dead process is charged by the worker', async () => {
    const refused = await reservationKept(test, ada, { card: '4000000000000341' });
    const cut = await reservationKept(test, await customerNamed(test.runtime, 'bob'));
    test.clock.advance(60 * dayMs);
    expect(await noShow(refused)).toMatchObject({ status: 'requires_payment_method' });
    expect(await mails()).toContain('payment_failed');
    const unheard = {
      method: 'POST',
      path: '/v1/payment_intents',
      action: 'reset_before',
    } as const;
    await test.control.fault({ ...unheard, times: 2 });
    await noShow(cut).catch(() => undefined);
    expect(await payments(cut)).toMatchObject([{ status: 'scheduled' }]);
    test.clock.advance(hourMs);
    while ((await resumeAttempts(test.runtime)) > 0);
    while ((await chargeDuePayments(test.runtime)) > 0);
    expect(await payments(cut)).toMatchObject([{ status: 'succeeded' }]);
  });

  it('a late fee that was declined is still owed while its shopper takes another card', async () => {
    const order = await reservationKept(test, ada, { card: '4000000000000341' });
    test.clock.advance(59 * dayMs);
    await cancel(order, { knowsOfFee: true });
    const [fee] = await payments(order);
    expect(fee).toMatchObject({ status: 'requires_payment_method' });
    const own = { customerId: ada.id, paymentId: fee?.id ?? '' };
    const token = await linkForOwner(test.runtime, own);
    const start = { token, uiMode: 'embedded_page', keep: false } as const;
    const { clientSecret } = await startRecoverySession(test.runtime, start);
    expect(await payments(order)).toMatchObject([{ status: 'requires_payment_method' }]);
    const session = clientSecret?.split('_secret_')[0] ?? '';
    await completeSetup(test, session, '5555555555554444');
    await settlePaymentSession(test.runtime, session, { kind: 'stripe' });
    expect(await payments(order)).toMatchObject([
      { status: 'succeeded', amountReceivedMinor: 5_000 },
    ]);
    expect(await status(order)).toBe('canceled');
  });

  it('a damage is charged within the cap, each as often as it is asked for', async () => {
    const order = await reservationKept(test, ada);
    await expect(damage(order, '20.00')).rejects.toMatchObject({ code: 'event_not_passed' });
    test.clock.advance(60 * dayMs);
    const request = newId('chargeRequest');
    await Promise.all([damage(order, '20.00', request), damage(order, '20.00', request)]);
    await expect(damage(order, '9000.00')).rejects.toMatchObject({
      code: 'agreement_cap_exceeded',
      field: 'amount',
    });
    expect(await payments(order)).toMatchObject([
      {
        amountMinor: 2_000,
        reason: `Damage: a torn sheet. Cabin for two nights (${order.number})`,
        status: 'succeeded',
      },
    ]);
    const other = await reservationKept(test, ada);
    await expect(damage(other, '20.00', request)).rejects.toMatchObject({
      code: 'charge_request_reused',
    });
  });

  it('without an agreement that stands nobody is charged', async () => {
    const never = await orderWithPlan(test.runtime, ada, {
      kind: 'card_kept',
      feePercent: 50,
      freeCancellationHours: 48,
    });
    const withdrawn = await reservationKept(test, ada);
    const { agreementId } = (await findOrder(test.runtime.db, withdrawn.id)) ?? {};
    await withdrawAgreement(test.runtime, { customerId: ada.id, agreementId: agreementId ?? '' });
    const late = await reservationKept(test, ada);
    test.clock.advance(60 * dayMs - hourMs);
    await withdrawAgreement(test.runtime, {
      customerId: ada.id,
      agreementId: (await findOrder(test.runtime.db, late.id))?.agreementId ?? '',
    });
    await cancel(late);
    expect(await payments(late)).toEqual([]);
    test.clock.advance(dayMs);
    for (const order of [never, withdrawn]) {
      await expect(noShow(order)).rejects.toMatchObject({ code: 'fee_not_agreed' });
    }
    expect(await intents()).toEqual([]);
  });
});
