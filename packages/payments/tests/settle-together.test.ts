import { depositPaid } from '@onfile/dev-env/place-order.ts';
import { saveCard } from '@onfile/dev-env/save-card.ts';
import { staffCharge } from '@onfile/dev-env/staff-charge.ts';
import { isSomebodyWaiting } from '@onfile/dev-env/row-locks.ts';
import { storeEventAbout } from '@onfile/dev-env/store-event.ts';
import { describeOnBothDatabases } from '@onfile/dev-env/test-database.ts';
import { openAnotherRuntime, openTestRuntime } from '@onfile/dev-env/test-runtime.ts';
import type { TestRuntime } from '@onfile/dev-env/test-runtime.ts';
import { withheldAnswers } from '@onfile/dev-env/withheld-answers.ts';
import { waitUntil } from '@onfile/dev-env/wait-until.ts';
import { inTransaction } from '@onfile/db/transaction.ts';
import type Stripe from 'stripe';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { chargeNow } from '../src/charging/charge-now.ts';
import { chargeSavedMethod } from '../src/charging/charge-saved-method.ts';
import { checkInvariants } from '../src/invariants/check-invariants.ts';
import { newId } from '../src/ids.ts';
import { readMetrics } from '../src/observability/measure-backlog.ts';
import { registry } from '../src/observability/metrics.ts';
import { settlePaymentIntent, settleTogether } from '../src/state/settle-payment-intent.ts';
import { processInbox } from '../src/webhooks/process-inbox.ts';
import { settleEnds } from '../src/webhooks/settle-ends.ts';

const version = { api_version: '2026-10-28.endive' };
const guests = ['ada', 'ben', 'cleo', 'dan'];

describeOnBothDatabases('ends of payments that events tell together', (dialect) => {
  let test: TestRuntime;
  beforeEach(async () => {
    registry.resetMetrics();
    test = await openTestRuntime({ dialect });
  });
  afterEach(() => test.close());

  const stored = () => test.runtime.db.selectFrom('stripeEvents').selectAll().execute();
  const rows = () => test.runtime.db.selectFrom('payments').selectAll().execute();
  const intents = async () =>
    (await test.control.objects('payment_intent')) as unknown as Stripe.PaymentIntent[];
  const facts = async (action: string) =>
    (
      await test.runtime.db
        .selectFrom('auditLog')
        .select('subjectId')
        .where('action', '=', action)
        .execute()
    ).map(({ subjectId }) => subjectId);

  const newsOfAll = async () =>
    (await intents()).map((intent) => ({
      intent,
      asOf: test.clock.now(),
      actor: { kind: 'stripe' as const },
    }));

  async function handleAll(): Promise<void> {
    while ((await processInbox(test.runtime)) > 0);
  }

  const chargeWithoutAnswers = (charges: (() => Promise<unknown>)[]) =>
    withheldAnswers(test, charges);

  async function chargesOf(names: string[]): Promise<(() => Promise<unknown>)[]> {
    const charges = [];
    for (const name of names) {
      const charge = staffCharge(await saveCard(test, name, '4242424242424242'));
      charges.push(() => chargeSavedMethod(test.runtime, charge));
    }
    return charges;
  }

  const storeEnd = (how: 'succeeded' | 'canceled', intent: object) =>
    storeEventAbout(test, `payment_intent.${how}`, { ...intent, status: how }, version);

  async function storeEnds(): Promise<void> {
    for (const intent of await intents()) await storeEnd('succeeded', intent);
  }

  it('end each payment, its attempt and its order once, with one fact and one mail each', async () => {
    const balance = await depositPaid(
      test,
      (await saveCard(test, 'eve', '4242424242424242')).customer,
      '4242424242424242',
    );
    const ask = { staffId: 'ann', reason: 'They asked for it', triesSeen: 0 };
    const answer = await chargeWithoutAnswers([
      ...(await chargesOf(guests)),
      () => chargeNow(test.runtime, { ...ask, paymentId: balance.id }),
    ]);
    const open = (await rows()).filter(({ status }) => status !== 'succeeded');
    expect(open).toHaveLength(5);
    await storeEnds();
    // The same told twice, in one batch.
    await storeEnds();
    await handleAll();
    await answer();
    const paid = await rows();
    expect(paid.map(({ status }) => status)).toEqual(paid.map(() => 'succeeded'));
    expect(paid.every((row) => row.amountReceivedMinor === row.amountMinor)).toBe(true);
    expect((await facts('payment.succeeded')).toSorted()).toEqual(
      paid.map(({ id }) => id).toSorted(),
    );
    expect(await facts('order.paid')).toEqual([balance.orderId]);
    const mails = await test.runtime.db
      .selectFrom('outbox')
      .select('dedupeKey')
      .where('kind', '=', 'payment_charged')
      .execute();
    expect(mails.map(({ dedupeKey }) => dedupeKey).toSorted()).toEqual(
      paid.map(({ id }) => `payment_charged:${id}`).toSorted(),
    );
    const attempts = await test.runtime.db.selectFrom('attempts').selectAll().execute();
    expect(attempts.map(({ status, leaseHolder }) => ({ status, leaseHolder }))).toEqual(
      open.map(() => ({ status: 'succeeded', leaseHolder: null })),
    );
    expect((await checkInvariants(test.runtime)).flatMap(({ broken }) => broken)).toEqual([]);
  });

  it('take one payment of each customer at a time: the next of theirs is settled after', async () => {
    const ada = staffCharge(await saveCard(test, 'ada', '4242424242424242'));
    const answer = await chargeWithoutAnswers([
      ...(await chargesOf(['ben', 'cleo', 'dan'])),
      () => chargeSavedMethod(test.runtime, ada),
      () =>
        chargeSavedMethod(test.runtime, {
          ...ada,
          chargeRequestId: newId('chargeRequest'),
          amount: '7.00',
        }),
    ]);
    const news = await newsOfAll();
    expect(news).toHaveLength(5);
    const first = await settleTogether(test.runtime, news);
    expect(first.size).toBe(4);
    const rest = news.filter(({ intent }) => !first.has(intent.id));
    expect((await settleTogether(test.runtime, rest)).size).toBe(1);
    await answer();
    expect((await rows()).every(({ status }) => status === 'succeeded')).toBe(true);
  });

  it('settle those of others although one cannot be, and count nothing that was undone', async () => {
    const answer = await chargeWithoutAnswers(await chargesOf(guests));
    const [one] = await intents();
    if (!one) throw new Error('nothing was charged');
    const asOf = test.clock.now();
    await settlePaymentIntent(test.runtime, { intent: one, asOf, actor: { kind: 'stripe' } });
    await storeEnds();
    // Somebody has made a second intent in the name of that payment: this is for a person.
    const second = { ...one, id: 'pi_second' };
    const bad = await storeEnd('succeeded', second);
    const settled = await settleEnds(test.runtime, await stored());
    expect(settled).toEqual(new Set((await intents()).map(({ id }) => id)));
    await handleAll();
    await answer();
    expect((await rows()).every(({ status }) => status === 'succeeded')).toBe(true);
    const events = await test.runtime.db.selectFrom('stripeEvents').selectAll().execute();
    expect(events.filter(({ status }) => status === 'handled')).toHaveLength(guests.length);
    const left = events.find((event) => event.id === bad);
    expect(left).toMatchObject({ status: 'pending', tries: 1 });
    expect(left?.lastError).toContain('second one');
    const counted = await readMetrics(test.runtime);
    expect(counted).toContain(`onfile_attempts_total{outcome="succeeded"} ${guests.length}\n`);
  });

  it('are written once when two workers settle the same ones at the same moment', async () => {
    const answer = await chargeWithoutAnswers(await chargesOf(guests));
    const news = await newsOfAll();
    const other = openAnotherRuntime(test, 'other');
    await Promise.all([
      settleTogether(test.runtime, news),
      settleTogether(other.runtime, news.toReversed()),
    ]);
    await other.close();
    await answer();
    expect(await facts('payment.succeeded')).toHaveLength(guests.length);
    expect(await facts('attempt.succeeded')).toHaveLength(guests.length);
  });

  it('are settled together although all of them are cancellations', async () => {
    const answer = await chargeWithoutAnswers(await chargesOf(guests));
    const warn = vi.spyOn(test.runtime.log, 'warn');
    const why = { cancellation_reason: 'requested_by_customer' };
    for (const intent of await intents()) await storeEnd('canceled', { ...intent, ...why });
    expect((await settleEnds(test.runtime, await stored())).size).toBe(guests.length);
    expect(warn).not.toHaveBeenCalled();
    await handleAll();
    await answer();
    expect((await rows()).map(({ status }) => status)).toEqual(guests.map(() => 'canceled'));
  });

  it.each(['before', 'after'])(
    'may be of one payment: the canceled intent makes room for the paid one that comes %s it',
    async (order) => {
      await chargeSavedMethod(
        test.runtime,
        staffCharge(await saveCard(test, 'eve', '4000000000000341')),
      );
      const [old] = await intents();
      if (!old) throw new Error('nothing was charged');
      const answer = await chargeWithoutAnswers(await chargesOf(guests));
      const warn = vi.spyOn(test.runtime.log, 'warn');
      await storeEnd('canceled', { ...old, cancellation_reason: 'abandoned' });
      await storeEnd('succeeded', { ...old, id: 'pi_new', amount_received: old.amount });
      for (const intent of await intents()) {
        if (intent.id !== old.id) await storeEnd('succeeded', intent);
      }
      const events = (await stored()).toSorted((a, b) => (a.type < b.type ? -1 : 1));
      const settled = await settleEnds(
        test.runtime,
        order === 'before' ? events.toReversed() : events,
      );
      // The paid one is left for the next round, and is alone there.
      expect(settled.size).toBe(guests.length + 1);
      await handleAll();
      expect(warn).not.toHaveBeenCalled();
      await answer();
      expect((await rows()).every(({ status }) => status === 'succeeded')).toBe(true);
    },
  );

  it('are written once although the same one is named twice', async () => {
    const answer = await chargeWithoutAnswers(await chargesOf(guests));
    const news = await newsOfAll();
    await settleTogether(test.runtime, [...news, ...news]);
    await answer();
    expect(await facts('payment.succeeded')).toHaveLength(guests.length);
    expect(await facts('attempt.succeeded')).toHaveLength(guests.length);
  });

  // SQLite has one writer at a time.
  it.runIf(dialect === 'postgres')('wait for whoever settles one of them alone', async () => {
    const answer = await chargeWithoutAnswers(await chargesOf(guests));
    const news = await newsOfAll();
    const [one] = news;
    if (!one) throw new Error('nothing was charged');
    const other = openAnotherRuntime(test, 'other');
    const settling = await inTransaction(other.runtime.db, async (tx) => {
      await settlePaymentIntent({ ...other.runtime, db: tx }, one);
      const begun = settleTogether(test.runtime, news);
      const isWaiting = () => isSomebodyWaiting(test.runtime.db);
      await waitUntil('those together wait for the one', isWaiting);
      return { begun };
    });
    expect((await settling.begun).size).toBe(guests.length);
    await other.close();
    await answer();
    expect(await facts('payment.succeeded')).toHaveLength(guests.length);
  });
});
