import { saveCard } from '@onfile/dev-env/save-card.ts';
import { staffCharge } from '@onfile/dev-env/staff-charge.ts';
import { storeEventAbout } from '@onfile/dev-env/store-event.ts';
import { describeOnBothDatabases } from '@onfile/dev-env/test-database.ts';
import { openAnotherRuntime, openTestRuntime } from '@onfile/dev-env/test-runtime.ts';
import type { TestRuntime } from '@onfile/dev-env/test-runtime.ts';
import { waitUntil } from '@onfile/dev-env/wait-until.ts';
import { findPaymentMethod } from '@onfile/db/tables/payment-methods.ts';
import { findPayment } from '@onfile/db/tables/payments.ts';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { chargeSavedMethod } from '../src/charging/charge-saved-method.ts';
import { processInbox } from '../src/webhooks/process-inbox.ts';
import { replayEvents } from '../src/webhooks/replay-events.ts';

const staff = { kind: 'staff', id: 'ann' } as const;

describeOnBothDatabases('handling events', (dialect) => {
  let test: TestRuntime;
  beforeEach(async () => {
    test = await openTestRuntime({ dialect });
  });
  afterEach(() => test.close());

  const events = () => test.runtime.db.selectFrom('stripeEvents').selectAll().execute();

  const store = (type: string, object: object & { id: string }, change: object = {}) =>
    storeEventAbout(test, type, object, change);

  async function handleAll(): Promise<void> {
    while ((await processInbox(test.runtime)) > 0);
  }

  const asked = async (path: string) =>
    (await test.control.requests({ method: 'GET' })).filter((request) => request.path === path);

  it('asks Stripe once about a card of which many events tell', async () => {
    const { method } = await saveCard(test, 'ada', '4242424242424242');
    const id = method.stripePaymentMethodId;
    const path = `/v1/payment_methods/${id}`;
    const before = (await asked(path)).length;
    for (let i = 0; i < 20; i += 1) await store('payment_method.updated', { id });
    await handleAll();
    expect((await asked(path)).length - before).toBe(1);
    expect((await events()).every((event) => event.status === 'handled')).toBe(true);
  });

  it('asks nothing about an intent whose end is among the events, whatever else they tell', async () => {
    const charge = staffCharge(await saveCard(test, 'ada', '4242424242424242'));
    await chargeSavedMethod(test.runtime, charge);
    const [intent] = await test.control.objects('payment_intent');
    const id = String(intent?.['id']);
    const version = { api_version: '2026-10-28.endive' };
    const metadata = intent?.['metadata'];
    await store('payment_intent.processing', { id, status: 'processing', metadata } as never);
    await store('payment_intent.succeeded', intent as never, version);
    await handleAll();
    expect(await asked(`/v1/payment_intents/${id}`)).toEqual([]);
    expect((await events()).map((event) => event.status)).toEqual(['handled', 'handled']);
  });

  it('takes an event of another API version for news, and believes Stripe alone', async () => {
    const charge = staffCharge(await saveCard(test, 'ada', '4000000000000341'));
    const answer = await chargeSavedMethod(test.runtime, charge);
    if (answer.kind === 'duplicate') throw new Error('taken for a duplicate');
    const [intent] = await test.control.objects('payment_intent');
    await store('payment_intent.succeeded', { ...intent, status: 'succeeded' } as never, {
      api_version: '2020-08-27',
    });
    await handleAll();
    expect(await findPayment(test.runtime.db, answer.payment.id)).toMatchObject({
      status: 'requires_payment_method',
    });
  });

  it('keeps what it does not use, and says so', async () => {
    await store('invoice.created', { id: 'in_1' });
    await handleAll();
    expect(await events()).toMatchObject([{ status: 'ignored', type: 'invoice.created' }]);
    const types = await test.runtime.db.selectFrom('eventTypes').selectAll().execute();
    expect(types).toMatchObject([{ type: 'invoice.created' }]);
  });

  it('stops asking while Stripe is away, lets nothing die of it, and goes on by itself after', async () => {
    const { method } = await saveCard(test, 'ada', '4242424242424242');
    const outage = {
      method: 'GET',
      path: '/v1/payment_methods',
      action: 'status',
      status: 503,
    } as const;
    await test.control.fault({ ...outage, times: 10_000 });
    for (let at = 0; at < 40; at += 1) {
      await store('payment_method.updated', { id: `pm_${String(at)}` });
    }
    await store('payment_method.updated', { id: method.stripePaymentMethodId });
    await handleAll();
    // The hands that were asking when it went away; not each of the forty-one.
    expect(
      (await test.control.requests({ method: 'GET', path: '/v1/payment_methods' })).length,
    ).toBeLessThanOrEqual(3 * 8);
    for (let hour = 0; hour < 14; hour += 1) {
      test.clock.advance(60 * 60 * 1000);
      await handleAll();
    }
    expect((await events()).every((event) => event.status === 'pending')).toBe(true);
    expect((await events()).every((event) => event.tries === 0)).toBe(true);
    await test.control.clearFaults();
    test.clock.advance(2 * 60 * 1000);
    await handleAll();
    test.clock.advance(2 * 60 * 1000);
    await handleAll();
    expect(
      (await events()).find((event) => event.objectId === method.stripePaymentMethodId),
    ).toMatchObject({ status: 'handled' });
  });

  it('lets nothing wait for what the key may not ask: that is tried, and put aside, by itself', async () => {
    const { method } = await saveCard(test, 'ada', '4242424242424242');
    const forbidden = {
      method: 'GET',
      path: '/v1/mandates',
      action: 'status',
      status: 403,
    } as const;
    await test.control.fault({ ...forbidden, times: 1_000 });
    for (let at = 0; at < 30; at += 1)
      await store('mandate.updated', { id: `mandate_${String(at)}` });
    await store('payment_method.updated', { id: method.stripePaymentMethodId });
    await handleAll();
    const of = async (type: string) => (await events()).filter((event) => event.type === type);
    expect(await of('payment_method.updated')).toMatchObject([{ status: 'handled' }]);
    expect((await of('mandate.updated')).every((event) => event.tries === 1)).toBe(true);
  });

  it('puts an event aside after its last try, for a person to replay', async () => {
    const { method } = await saveCard(test, 'ada', '4242424242424242');
    const id = method.stripePaymentMethodId;
    await test.runtime.stripe.paymentMethods.update(id, { card: { exp_month: 2, exp_year: 2041 } });
    const refused = {
      method: 'GET',
      path: `/v1/payment_methods/${id}`,
      action: 'status',
      status: 404,
    } as const;
    await test.control.fault({ ...refused, times: 12 });
    const eventId = await store('payment_method.updated', { id });
    const seen: number[] = [];
    for (let turn = 0; turn < 12; turn += 1) {
      await handleAll();
      const [event] = await events();
      seen.push((event?.nextTryAt ?? 0) - test.clock.now());
      test.clock.advance(2 * 60 * 60 * 1000);
    }
    expect(seen.slice(0, 8)).toEqual([...seen.slice(0, 8)].sort((a, b) => a - b));
    expect(await events()).toMatchObject([
      { status: 'dead', tries: 11, lastError: expect.any(String) as string },
    ]);
    expect(await replayEvents(test.runtime, { which: { ids: [eventId] }, actor: staff })).toBe(1);
    await handleAll();
    expect(await events()).toMatchObject([{ status: 'handled' }]);
    expect(await findPaymentMethod(test.runtime.db, method.id)).toMatchObject({ expYear: 2041 });
    const fact = await test.runtime.db
      .selectFrom('auditLog')
      .select(['actorId', 'subjectId'])
      .where('action', '=', 'event.replayed')
      .executeTakeFirst();
    expect(fact).toEqual({ actorId: 'ann', subjectId: eventId });
  });

  it('replays all of a type in a time, and nothing else', async () => {
    const at = test.clock.now();
    await store('payment_method.updated', { id: 'pm_1' });
    await store('mandate.updated', { id: 'mandate_1' });
    test.clock.advance(60_000);
    await store('payment_method.updated', { id: 'pm_2' });
    await test.runtime.db.updateTable('stripeEvents').set({ status: 'dead' }).execute();
    const which = { type: 'payment_method.updated', status: 'dead', from: at, to: at + 1 } as const;
    expect(await replayEvents(test.runtime, { which, actor: staff })).toBe(1);
    const states = (await events()).map(({ objectId, status }) => [objectId, status]);
    expect(Object.fromEntries(states)).toEqual({
      pm_1: 'pending',
      pm_2: 'dead',
      mandate_1: 'dead',
    });
  });

  it('revokes what was saved when the customer is deleted at Stripe; the next card makes another', async () => {
    const { method, customer } = await saveCard(test, 'ada', '4242424242424242');
    const row = await test.runtime.db.selectFrom('customers').selectAll().executeTakeFirstOrThrow();
    const stripeId = String(row.stripeCustomerId);
    await test.runtime.stripe.customers.del(stripeId);
    await store('customer.deleted', { id: stripeId });
    await handleAll();
    expect(await findPaymentMethod(test.runtime.db, method.id)).toMatchObject({
      status: 'detached',
    });
    const again = await saveCard(test, 'ada', '4242424242424242');
    expect(again.customer.id).toBe(customer.id);
    expect(again.method).toMatchObject({ status: 'attached' });
    const made = await test.runtime.db
      .selectFrom('customers')
      .selectAll()
      .executeTakeFirstOrThrow();
    expect(made.stripeCustomerId).not.toBe(stripeId);
  });

  it('never has two events about one object in two hands', async () => {
    const { method } = await saveCard(test, 'ada', '4242424242424242');
    const id = method.stripePaymentMethodId;
    await store('payment_method.updated', { id });
    const path = `/v1/payment_methods/${id}`;
    const held = await test.control.fault({ method: 'GET', path, action: 'hold_after' });
    const first = processInbox(test.runtime);
    await waitUntil('the first has asked', async () => (await asked(path)).length === 1);
    await store('payment_method.updated', { id });
    await store('invoice.created', { id: 'in_1' });
    const beside = openAnotherRuntime(test, 'beside');
    expect(await processInbox(beside.runtime)).toBe(1);
    expect(await asked(path)).toHaveLength(1);
    await held.release();
    await first;
    expect(await processInbox(beside.runtime)).toBe(1);
    await beside.close();
    expect((await events()).map((event) => event.status).sort()).toEqual([
      'handled',
      'handled',
      'ignored',
    ]);
  });
});
