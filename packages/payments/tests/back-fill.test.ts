import { saveCard } from '@onfile/dev-env/save-card.ts';
import { describeOnBothDatabases } from '@onfile/dev-env/test-database.ts';
import { openTestRuntime } from '@onfile/dev-env/test-runtime.ts';
import type { TestRuntime } from '@onfile/dev-env/test-runtime.ts';
import { waitUntil } from '@onfile/dev-env/wait-until.ts';
import { findPaymentMethod } from '@onfile/db/tables/payment-methods.ts';
import { recordEnvironment } from '@onfile/db/tables/environment.ts';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { backFillEvents } from '../src/webhooks/back-fill/back-fill-events.ts';
import {
  planScheduledBackFill,
  requestBackFill,
} from '../src/webhooks/back-fill/plan-back-fill.ts';
import { processInbox } from '../src/webhooks/process-inbox.ts';

const minuteMs = 60_000;
const staff = { kind: 'staff', id: 'ann' } as const;

describeOnBothDatabases('filling in what was not delivered', (dialect) => {
  let test: TestRuntime;
  beforeEach(async () => {
    test = await openTestRuntime({ dialect, webhooks: true });
    const recordedAt = test.clock.now();
    const row = { id: 1, stripeMode: 'sandbox', stripeAccountId: null, recordedAt } as const;
    await recordEnvironment(test.runtime.db, row);
  });
  afterEach(() => test.close());

  const events = () => test.runtime.db.selectFrom('stripeEvents').selectAll().execute();
  const runs = () =>
    test.runtime.db.selectFrom('backFills').selectAll().orderBy('createdAt').execute();
  const pagesAsked = async () =>
    (await test.control.requests({ method: 'GET', path: '/v1/events' })).length;

  async function read(): Promise<void> {
    while ((await backFillEvents(test.runtime)) > 0);
  }

  async function handleAll(): Promise<void> {
    while ((await processInbox(test.runtime)) > 0);
  }

  /** So many changes of one card at Stripe, each with an event. */
  async function change(id: string, times: number): Promise<void> {
    for (let at = 0; at < times; at += 1) {
      const expiry = { exp_month: 1 + (at % 12), exp_year: 2040 };
      await test.runtime.stripe.paymentMethods.update(id, { card: expiry });
    }
  }

  it('reads on from where it ended, keeps what is new, and counts what came both ways once', async () => {
    const { method } = await saveCard(test, 'ada', '4242424242424242');
    const id = method.stripePaymentMethodId;
    await waitUntil('the card’s event was delivered', async () =>
      (await events()).some((event) => event.type === 'payment_method.attached'),
    );
    await handleAll();
    const delivered = (await events()).length;
    await test.control.pauseWebhooks(true);
    await test.runtime.stripe.paymentMethods.detach(id);
    test.clock.advance(minuteMs);
    await read();
    await handleAll();
    expect(await findPaymentMethod(test.runtime.db, method.id)).toMatchObject({
      status: 'detached',
    });
    expect(await runs()).toMatchObject([{ status: 'done', reason: 'schedule', missed: 1 }]);
    expect((await events()).filter((event) => event.cameBy === 'list')).toHaveLength(1);
    // The delivery comes after all: it is the same event.
    await test.control.pauseWebhooks(false);
    await test.control.deliverWebhooks();
    expect(await processInbox(test.runtime)).toBe(0);
    expect(await events()).toHaveLength(delivered + 1);
    // Nothing is due before the quarter of an hour, and then only what is new is read.
    const asked = await pagesAsked();
    await read();
    expect(await pagesAsked()).toBe(asked);
    test.clock.advance(16 * minuteMs);
    await read();
    const [first, second] = await runs();
    expect(second).toMatchObject({ missed: 0, fromAt: (first?.toAt ?? 0) - 10 * minuteMs });
    // A week later only those are kept that found something, and the newest.
    test.clock.advance(8 * 24 * 60 * minuteMs);
    await read();
    expect((await runs()).map(({ missed }) => missed)).toEqual([1, 0]);
  });

  it('goes on at the page where its process died', async () => {
    const { method } = await saveCard(test, 'ada', '4242424242424242');
    await handleAll();
    await test.control.pauseWebhooks(true);
    await change(method.stripePaymentMethodId, 130);
    await planScheduledBackFill(test.runtime, true);
    expect(await backFillEvents(test.runtime)).toBe(1);
    const [cut] = await runs();
    expect(cut).toMatchObject({ status: 'open', seen: 100, cursor: expect.any(String) as string });
    // The next page's answer is lost, and with it the process.
    const lost = { method: 'GET', path: '/v1/events', action: 'reset_after', times: 2 } as const;
    await test.control.fault(lost);
    expect(await backFillEvents(test.runtime)).toBe(0);
    test.clock.advance(10 * minuteMs);
    await read();
    const [run] = await runs();
    expect(run).toMatchObject({ status: 'done', lastError: null });
    expect(run?.seen).toBeGreaterThan(130);
    const ids = new Set((await events()).map((event) => event.id));
    expect(ids.size).toBe((await events()).length);
    expect((await events()).filter((event) => event.cameBy === 'list')).toHaveLength(130);
  });

  it('catches up an outage of hours page by page, not all at once, with one question a card', async () => {
    const { method } = await saveCard(test, 'ada', '4242424242424242');
    await handleAll();
    await test.control.pauseWebhooks(true);
    await change(method.stripePaymentMethodId, 1_250);
    test.clock.advance(5 * 60 * minuteMs);
    await read();
    const waiting = (await events()).filter((event) => event.status === 'pending').length;
    expect(waiting).toBeGreaterThanOrEqual(1_000);
    expect(waiting).toBeLessThan(1_100);
    expect(await runs()).toMatchObject([{ status: 'open' }]);
    const path = `/v1/payment_methods/${method.stripePaymentMethodId}`;
    const before = (await test.control.requests({ method: 'GET', path })).length;
    await handleAll();
    test.clock.advance(minuteMs);
    await read();
    await handleAll();
    expect(await runs()).toMatchObject([{ status: 'done', missed: 1_250 }]);
    // One question a batch of a hundred events, where each event alone would be 1,250.
    const asked = (await test.control.requests({ method: 'GET', path })).length - before;
    expect(asked).toBeLessThanOrEqual(15);
    expect((await events()).every((event) => event.status === 'handled')).toBe(true);
  });

  it('is asked for by a person, from a day that has passed, at most thirty days back', async () => {
    const now = test.clock.now();
    const day = 24 * 60 * minuteMs;
    const tomorrow = { from: now + day, actor: staff };
    await expect(requestBackFill(test.runtime, tomorrow)).rejects.toMatchObject({
      code: 'day_not_passed',
      field: 'from',
    });
    const run = await requestBackFill(test.runtime, { from: now - 90 * day, actor: staff });
    expect(run).toMatchObject({ reason: 'by_hand', status: 'open' });
    expect(run.fromAt).toBe(run.toAt - 30 * day);
    await read();
    expect((await runs()).map(({ status, lastError }) => [status, lastError])).toEqual([
      ['done', null],
      ['done', null],
    ]);
    const facts = await test.runtime.db
      .selectFrom('auditLog')
      .select(['action', 'actorId', 'subjectId'])
      .execute();
    expect(facts).toEqual([
      { action: 'webhooks.back_fill_requested', actorId: 'ann', subjectId: run.id },
    ]);
  });

  it('is planned once by many workers, and waits while Stripe is away', async () => {
    test.clock.advance(20 * minuteMs);
    await Promise.all(Array.from({ length: 8 }, () => planScheduledBackFill(test.runtime, true)));
    expect(await runs()).toHaveLength(1);
    const away = { method: 'GET', path: '/v1/events', action: 'status', status: 503 } as const;
    await test.control.fault({ ...away, times: 100 });
    await read();
    expect(await runs()).toMatchObject([{ status: 'open', tries: 1, leasedUntil: null }]);
    await test.control.clearFaults();
    test.clock.advance(minuteMs);
    await read();
    expect(await runs()).toMatchObject([{ status: 'done' }]);
  });
});
