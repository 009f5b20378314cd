import { PassThrough, Readable } from 'node:stream';
import { saveCard } from '@onfile/dev-env/save-card.ts';
import { staffCharge } from '@onfile/dev-env/staff-charge.ts';
import { storeEvent } from '@onfile/dev-env/store-event.ts';
import { signEvent } from '@onfile/dev-env/sign-event.ts';
import { describeOnBothDatabases } from '@onfile/dev-env/test-database.ts';
import { openTestRuntime } from '@onfile/dev-env/test-runtime.ts';
import type { TestRuntime } from '@onfile/dev-env/test-runtime.ts';
import { waitUntil } from '@onfile/dev-env/wait-until.ts';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { chargeSavedMethod } from '../src/charging/charge-saved-method.ts';
import { deliverOutbox } from '../src/mail/deliver-outbox.ts';
import { readMetrics } from '../src/observability/measure-backlog.ts';
import { registry } from '../src/observability/metrics.ts';
import { processInbox } from '../src/webhooks/process-inbox.ts';
import { receiveStripeEvent } from '../src/webhooks/receive-stripe-event.ts';
import { takeDelivery } from '../src/webhooks/take-delivery.ts';

const second = 1_000;

describeOnBothDatabases('what a process counts', (dialect) => {
  let test: TestRuntime;
  beforeEach(async () => {
    registry.resetMetrics();
    test = await openTestRuntime({ dialect });
  });
  afterEach(() => test.close());

  /** The value of one line of the metrics; null: there is no such line. */
  async function metric(line: string): Promise<number | null> {
    const text = await readMetrics(test.runtime);
    const found = text.split('\n').find((one) => one.startsWith(`${line} `));
    return found === undefined ? null : Number(found.slice(line.length));
  }

  const signed = (payload: string) => ({
    rawBody: Buffer.from(payload),
    signatureHeader: signEvent(test, payload),
  });

  const event = (id: string, type: string) =>
    JSON.stringify({
      id,
      object: 'event',
      api_version: null,
      created: Math.floor(test.clock.now() / 1_000),
      livemode: false,
      type,
      data: { object: { id: 'pi_1', object: 'payment_intent' } },
    });

  it('deliveries by what came of them, and how long each took that was stored', async () => {
    await receiveStripeEvent(test.runtime, signed(event('evt_1', 'customer.created')));
    await receiveStripeEvent(test.runtime, {
      rawBody: Buffer.from('{}'),
      signatureHeader: 't=1',
    });
    const delivery = { contentLength: '1000000', signatureHeader: 't=1,v1=0' };
    const bodies = Array.from({ length: 64 }, () => new PassThrough());
    const full = bodies.map((body) =>
      takeDelivery(test.runtime, { ...delivery, body: () => body }),
    );
    for (const body of bodies) body.write(Buffer.alloc(1_000_000));
    await waitUntil('all of it has arrived', () => bodies.every((one) => one.readableLength === 0));
    await takeDelivery(test.runtime, { ...delivery, body: () => new PassThrough() });
    for (const body of bodies) body.destroy();
    for (const one of full) expect(await one).toMatchObject({ status: 408 });
    const event2 = signed(event('evt_2', 'customer.created'));
    await test.runtime.db.schema.alterTable('stripeEvents').renameTo('away').execute();
    const lost = takeDelivery(test.runtime, {
      ...delivery,
      ...event2,
      body: () => Readable.from([event2.rawBody]),
    });
    await expect(lost).rejects.toThrow('stripe_events');
    await test.runtime.db.schema.alterTable('away').renameTo('stripeEvents').execute();
    const name = 'onfile_webhook_deliveries_total';
    expect(await metric(`${name}{outcome="failed"}`)).toBe(full.length + 1);
    expect(await metric(`${name}{outcome="stored"}`)).toBe(1);
    expect(await metric(`${name}{outcome="refused"}`)).toBe(1);
    expect(await metric(`${name}{outcome="turned_away"}`)).toBe(1);
    expect(await metric('onfile_webhook_intake_seconds_count')).toBe(1);
  });

  it('events by type and outcome; a type that a stranger made up is never a label', async () => {
    await storeEvent(test, 'evt_1', 'made.up');
    await storeEvent(test, 'evt_2');
    await processInbox(test.runtime);
    const name = 'onfile_events_handled_total';
    expect(await metric(`${name}{type="other",outcome="ignored"}`)).toBe(1);
    expect(await metric(`${name}{type="payment_intent.succeeded",outcome="again"}`)).toBe(1);
    expect(await readMetrics(test.runtime)).not.toContain('made.up');
    // What nobody handles is ended without being taken.
    expect(await metric('onfile_leases_taken_total{table="stripe_events"}')).toBe(1);
  });

  it('for how long an event lay before it was handled', async () => {
    const customer = await test.runtime.stripe.customers.create({ email: 'ada@example.com' });
    const object = await test.runtime.stripe.paymentMethods.attach('pm_card_visa', {
      customer: customer.id,
    });
    const type = 'payment_method.attached';
    const payload = { ...JSON.parse(event('evt_1', type)), data: { object } } as object;
    await receiveStripeEvent(test.runtime, signed(JSON.stringify(payload)));
    test.clock.advance(20 * second);
    await processInbox(test.runtime);
    expect(await metric(`onfile_events_handled_total{type="${type}",outcome="handled"}`)).toBe(1);
    expect(await metric('onfile_event_handling_lag_seconds_bucket{le="10"}')).toBe(0);
    expect(await metric('onfile_event_handling_lag_seconds_bucket{le="30"}')).toBe(1);
  });

  it('attempts, mails and answers of Stripe by what came of them', async () => {
    const on = await saveCard(test, 'ada', '4000000000000341');
    await chargeSavedMethod(test.runtime, staffCharge(on));
    expect(await metric('onfile_attempts_total{outcome="declined"}')).toBe(1);
    expect(await metric('onfile_stripe_answers_total{status="4xx"}')).toBe(1);
    expect(await metric('onfile_stripe_answers_total{status="2xx"}')).toBeGreaterThan(0);
    const waiting = await metric('onfile_rows_waiting{table="outbox"}');
    expect(waiting).toBeGreaterThan(0);
    await deliverOutbox(test.runtime);
    expect(await metric('onfile_mails_total{outcome="kept"}')).toBe(waiting);
    expect(await metric('onfile_rows_waiting{table="outbox"}')).toBe(0);
  });

  it('each time that Stripe says it is too much, by its reason', async () => {
    const fault = {
      method: 'GET',
      path: '/v1/customers',
      action: 'rate_limit',
      times: 3,
    } as const;
    await test.control.fault(fault);
    await expect(test.runtime.stripe.customers.list()).rejects.toThrow();
    const text = await readMetrics(test.runtime);
    expect(text).toMatch(/^onfile_stripe_429_total\{reason="[a-z-]+"\} 3$/m);
  });

  it('what waits: since when, how much of it is dead, and what a dead worker still holds', async () => {
    await storeEvent(test, 'evt_1');
    await storeEvent(test, 'evt_2');
    await storeEvent(test, 'evt_3');
    await test.runtime.db
      .updateTable('stripeEvents')
      .set({ status: 'dead' })
      .where('id', '=', 'evt_1')
      .execute();
    await test.runtime.db
      .updateTable('stripeEvents')
      .set({ leaseHolder: 'gone', leasedUntil: test.clock.now() + 60 * second })
      .where('id', '=', 'evt_2')
      .execute();
    test.clock.advance(59 * second);
    expect(await metric('onfile_leases_expired{table="stripe_events"}')).toBe(0);
    test.clock.advance(5 * second);
    expect(await metric('onfile_leases_expired{table="stripe_events"}')).toBe(1);
    expect(await metric('onfile_rows_waiting{table="stripe_events"}')).toBe(2);
    expect(await metric('onfile_rows_due{table="stripe_events"}')).toBe(2);
    expect(await metric('onfile_events_dead')).toBe(1);
    const overdue = await metric('onfile_rows_overdue_seconds{table="stripe_events"}');
    expect(Math.round(overdue ?? 0)).toBe(64);
    expect(Math.round((await metric('onfile_events_oldest_waiting_seconds')) ?? 0)).toBe(64);
    expect(await metric('onfile_rows_waiting{table="attempts"}')).toBe(0);
    expect(await metric('onfile_rows_waiting{table="stripe_operations"}')).toBe(0);
  });
});
