import { guestBuys } from '@onfile/dev-env/guest-buys.ts';
import { saveCard } from '@onfile/dev-env/save-card.ts';
import { staffCharge } from '@onfile/dev-env/staff-charge.ts';
import { describeOnBothDatabases } from '@onfile/dev-env/test-database.ts';
import { openTestRuntime } from '@onfile/dev-env/test-runtime.ts';
import type { TestRuntime } from '@onfile/dev-env/test-runtime.ts';
import { findDriftRun } from '@onfile/db/tables/drift.ts';
import { listFindings } from '@onfile/db/views/drift-report.ts';
import { findPaymentMethod } from '@onfile/db/tables/payment-methods.ts';
import { findPayment } from '@onfile/db/tables/payments.ts';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { chargeSavedMethod } from '../src/charging/charge-saved-method.ts';
import { ensureGuest } from '../src/customers/ensure-guest.ts';
import { joinProvenGuests } from '../src/customers/join-proven-guests.ts';
import { compareDrift } from '../src/drift/compare-drift.ts';
import { requestDrift } from '../src/drift/plan-drift.ts';

const actor = { kind: 'staff', id: 'ann' } as const;

// Nothing is delivered in these stories: what is changed at Stripe is what we have missed.
describeOnBothDatabases('where what we hold and what Stripe says differ', (dialect) => {
  let test: TestRuntime;
  beforeEach(async () => {
    test = await openTestRuntime({ dialect });
  });
  afterEach(() => test.close());

  async function compare(extent: 'sample' | 'full', isRepairing = false) {
    const { id } = await requestDrift(test.runtime, { extent, isRepairing, actor });
    while ((await compareDrift(test.runtime)) > 0);
    const run = await findDriftRun(test.runtime.db, id);
    expect(run).toMatchObject({ status: 'done', lastError: null });
    const found = await listFindings(test.runtime.db, id);
    return { run, found };
  }

  /** A charge whose bank says yes only after we have heard a no. */
  async function chargeThatSucceedsUnseen(name: string) {
    const on = await saveCard(test, name, '4242424242424242');
    await test.control.bank({ outcome: 'insufficient_funds' });
    const answer = await chargeSavedMethod(test.runtime, staffCharge(on));
    if (answer.kind === 'duplicate') throw new Error('taken for a duplicate');
    const intent = await test.runtime.db
      .selectFrom('paymentIntents')
      .select('stripePaymentIntentId')
      .where('paymentId', '=', answer.payment.id)
      .executeTakeFirstOrThrow();
    const id = intent.stripePaymentIntentId;
    const method = on.method.stripePaymentMethodId;
    await test.runtime.stripe.paymentIntents.confirm(id, { payment_method: method });
    return { id, paymentId: answer.payment.id, on };
  }

  it('is nowhere, when nothing was missed', async () => {
    const on = await saveCard(test, 'ada', '4242424242424242');
    await chargeSavedMethod(test.runtime, staffCharge(on));
    expect(await compare('full')).toMatchObject({ found: [], run: { checked: 3, total: 3 } });
    expect((await compare('sample')).found).toEqual([]);
  });

  it('is nowhere, when a guest’s card has joined an account that has another', async () => {
    const ada = { email: 'ada@example.com', name: 'ada' };
    const guest = await ensureGuest(test.runtime, { guestId: null, ...ada });
    await guestBuys(test, guest, '4242424242424242');
    const { customer } = await saveCard(test, 'ada', '5555555555554444');
    const found = await test.runtime.db
      .selectFrom('paymentMethods')
      .select(['customerId', 'stripeOwnerId'])
      .execute();
    const shopper = { userId: 'user-ada', emailVerified: true, ...ada };
    await joinProvenGuests(test.runtime, shopper, guest.id);
    const after = await test.runtime.db.selectFrom('paymentMethods').select('customerId').execute();
    expect(found).toHaveLength(2);
    expect(new Set(after.map((row) => row.customerId))).toEqual(new Set([customer.id]));
    expect((await compare('full')).found).toEqual([]);
  });

  it('is said with what, since when and why, and changes nothing unless that was asked', async () => {
    const { id, paymentId } = await chargeThatSucceedsUnseen('ada');
    const { found } = await compare('full');
    expect(found).toMatchObject([
      {
        kind: 'intent_differs',
        subjectKind: 'payment',
        subjectId: paymentId,
        stripeId: id,
        ours: 'requires_payment_method',
        stripes: 'succeeded, $10.99 received',
        since: expect.any(Number) as number,
        why: 'no_event_came',
        repairedAt: null,
      },
    ]);
    expect(await findPayment(test.runtime.db, paymentId)).toMatchObject({
      status: 'requires_payment_method',
    });
    const repaired = await compare('full', true);
    expect(repaired.found).toMatchObject([{ repairedAt: expect.any(Number) as number }]);
    expect(await findPayment(test.runtime.db, paymentId)).toMatchObject({
      status: 'succeeded',
      amountReceivedMinor: 1_099,
    });
    expect((await compare('full')).found).toEqual([]);
  });

  it('says that the event which should have told it is dead, and with what error', async () => {
    const { id } = await chargeThatSucceedsUnseen('ada');
    const at = test.clock.now() - 60_000;
    await test.runtime.db
      .insertInto('stripeEvents')
      .values({
        id: 'evt_dead',
        type: 'payment_intent.succeeded',
        apiVersion: null,
        objectId: id,
        stripeCreatedAt: at,
        payload: '{}',
        receivedAt: at,
        status: 'dead',
        nextTryAt: at,
        lastError: 'planted',
      })
      .execute();
    expect((await compare('sample')).found).toMatchObject([
      { why: 'event_is_dead', eventId: 'evt_dead', since: at },
    ]);
  });

  it('is found of cards: gone, changed, and added past us; and is repaired', async () => {
    const gone = await saveCard(test, 'ada', '4242424242424242');
    const changed = await saveCard(test, 'bob', '5555555555554444');
    const { stripe, db } = test.runtime;
    await stripe.paymentMethods.detach(gone.method.stripePaymentMethodId);
    await stripe.paymentMethods.update(changed.method.stripePaymentMethodId, {
      card: { exp_month: 2, exp_year: 2041 },
    });
    const customer = String(
      (
        await db
          .selectFrom('customers')
          .select('stripeCustomerId')
          .where('id', '=', changed.customer.id)
          .executeTakeFirstOrThrow()
      ).stripeCustomerId,
    );
    const added = await stripe.paymentMethods.attach('pm_card_amex', { customer });
    const { found } = await compare('full', true);
    expect(found.map(({ kind, stripeId }) => [kind, stripeId]).sort()).toEqual(
      [
        ['method_gone_at_stripe', gone.method.stripePaymentMethodId],
        ['method_differs', changed.method.stripePaymentMethodId],
        ['method_missing_here', added.id],
      ].sort(),
    );
    expect(found.every((finding) => finding.repairedAt !== null)).toBe(true);
    expect(await findPaymentMethod(db, gone.method.id)).toMatchObject({ status: 'detached' });
    expect(await findPaymentMethod(db, changed.method.id)).toMatchObject({ expYear: 2041 });
    expect((await compare('full')).found).toEqual([]);
  });

  it('is found of refunds made in the Dashboard, and of one that failed after all', async () => {
    const on = await saveCard(test, 'ada', '4242424242424242');
    const answer = await chargeSavedMethod(test.runtime, staffCharge(on));
    if (answer.kind === 'duplicate') throw new Error('taken for a duplicate');
    const [intent] = await test.control.objects('payment_intent');
    const refund = await test.runtime.stripe.refunds.create({
      payment_intent: String(intent?.['id']),
      amount: 500,
    });
    const { found } = await compare('full', true);
    expect(found).toMatchObject([
      { kind: 'refund_unknown_here', stripeId: refund.id, stripes: 'succeeded' },
    ]);
    const rows = await test.runtime.db.selectFrom('refunds').selectAll().execute();
    expect(rows).toMatchObject([{ stripeRefundId: refund.id, amountMinor: 500 }]);
    await test.runtime.db.updateTable('refunds').set({ status: 'pending', asOf: 1 }).execute();
    expect((await compare('sample')).found).toMatchObject([
      { kind: 'refund_differs', ours: 'pending', stripes: 'succeeded' },
    ]);
  });

  it('finds a charge in our name that was forgotten here', async () => {
    const { id, paymentId } = await chargeThatSucceedsUnseen('ada');
    // As after a back-up was restored that is older than the charge.
    await test.runtime.db.deleteFrom('attempts').execute();
    await test.runtime.db.deleteFrom('paymentIntents').execute();
    const { found } = await compare('sample', true);
    expect(found).toMatchObject([
      { kind: 'intent_unknown_here', stripeId: id, subjectId: paymentId, ours: null },
    ]);
    expect(found[0]?.repairedAt).not.toBeNull();
    expect(await findPayment(test.runtime.db, paymentId)).toMatchObject({ status: 'succeeded' });
  });

  it('goes on where its process died, and waits while Stripe is away', async () => {
    for (let at = 0; at < 12; at += 1) await saveCard(test, `s${String(at)}`, '4242424242424242');
    const { id } = await requestDrift(test.runtime, { extent: 'full', isRepairing: false, actor });
    do expect(await compareDrift(test.runtime)).toBe(1);
    while ((await findDriftRun(test.runtime.db, id))?.checked === 0);
    expect(await findDriftRun(test.runtime.db, id)).toMatchObject({ checked: 10, step: 'methods' });
    await test.control.fault({
      method: 'GET',
      path: '/v1/payment_methods',
      action: 'status',
      status: 503,
      times: 100,
    });
    expect(await compareDrift(test.runtime)).toBe(0);
    expect(await findDriftRun(test.runtime.db, id)).toMatchObject({ tries: 1, checked: 10 });
    await test.control.clearFaults();
    test.clock.advance(60_000);
    while ((await compareDrift(test.runtime)) > 0);
    expect(await findDriftRun(test.runtime.db, id)).toMatchObject({ status: 'done', checked: 12 });
  });
});
