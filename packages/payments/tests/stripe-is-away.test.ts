import { Writable } from 'node:stream';
import pino from 'pino';
import { saveCard } from '@onfile/dev-env/save-card.ts';
import { staffCharge } from '@onfile/dev-env/staff-charge.ts';
import { storeEventAbout } from '@onfile/dev-env/store-event.ts';
import { describeOnBothDatabases } from '@onfile/dev-env/test-database.ts';
import { openTestRuntime } from '@onfile/dev-env/test-runtime.ts';
import type { TestRuntime } from '@onfile/dev-env/test-runtime.ts';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { chargeSavedMethod } from '../src/charging/charge-saved-method.ts';
import { processInbox } from '../src/webhooks/process-inbox.ts';

const waits = 'events wait until Stripe can be asked';

describeOnBothDatabases('events while Stripe is away', (dialect) => {
  let test: TestRuntime;
  let lines: { msg: string; events?: number; event?: string }[];
  beforeEach(async () => {
    lines = [];
    test = await openTestRuntime({ dialect });
    const sink = new Writable({
      write(chunk, _encoding, done) {
        lines.push(JSON.parse(String(chunk)) as (typeof lines)[number]);
        done();
      },
    });
    test.runtime.log = pino({ level: 'info' }, sink);
  });
  afterEach(() => test.close());

  const events = () => test.runtime.db.selectFrom('stripeEvents').selectAll().execute();
  const asked = async () =>
    (await test.control.requests({ method: 'GET', path: '/v1/payment_methods' })).length;

  async function goAway(): Promise<void> {
    const path = '/v1/payment_methods';
    const outage = { method: 'GET', path, action: 'status', status: 503 } as const;
    await test.control.fault({ ...outage, times: 10_000 });
  }

  /** So many events that ask Stripe, each about another card. */
  async function storeQuestions(count: number): Promise<void> {
    for (let at = 0; at < count; at += 1) {
      await storeEventAbout(test, 'payment_method.updated', { id: `pm_${String(at)}` });
    }
  }

  /** Away for so long that it is asked once a minute, and was asked a moment ago. */
  async function stayAway(): Promise<void> {
    await goAway();
    await storeQuestions(30);
    for (let round = 0; round < 10; round += 1) {
      test.clock.advance(2 * 60_000);
      await processInbox(test.runtime);
    }
    lines.length = 0;
  }

  it('are put back together, with one line in the log, and count for no work', async () => {
    await goAway();
    await storeQuestions(60);
    expect(await processInbox(test.runtime)).toBe(0);
    expect(lines).toMatchObject([{ msg: waits, events: 60 }]);
    expect(lines[0]).not.toHaveProperty('event');
    const put = await events();
    expect(new Set(put.map((event) => event.nextTryAt)).size).toBe(1);
    expect(put[0]?.nextTryAt).toBeGreaterThan(test.clock.now() + 25_000);
    expect(put.every(({ leaseHolder, tries }) => leaseHolder === null && tries === 0)).toBe(true);
    // What Stripe said itself is kept, not that the others were not asked.
    expect(put.every(({ lastError }) => !lastError?.includes('was not asked'))).toBe(true);
  });

  it('wait without being taken while it is not asked, and are handled when it is back', async () => {
    await stayAway();
    const before = await asked();
    const { method } = await saveCard(test, 'ada', '4242424242424242');
    await storeEventAbout(test, 'payment_method.updated', { id: method.stripePaymentMethodId });
    expect(await processInbox(test.runtime)).toBe(0);
    expect(await asked()).toBe(before);
    expect(lines).toMatchObject([{ msg: waits, events: 1 }]);
    const last = async () =>
      (await events()).find((event) => event.objectId === method.stripePaymentMethodId);
    expect(await last()).toMatchObject({ status: 'pending', tries: 0 });
    await test.control.clearFaults();
    for (let minute = 0; minute < 3; minute += 1) {
      test.clock.advance(60_000);
      while ((await processInbox(test.runtime)) > 0);
    }
    expect(await last()).toMatchObject({ status: 'handled' });
  });

  it('do not keep those waiting that need no question, however many are before them', async () => {
    const charge = staffCharge(await saveCard(test, 'ada', '4242424242424242'));
    await chargeSavedMethod(test.runtime, charge);
    await stayAway();
    await storeQuestions(620);
    test.clock.advance(10);
    const [intent] = await test.control.objects('payment_intent');
    const version = { api_version: '2026-10-28.endive' };
    await storeEventAbout(test, 'payment_intent.succeeded', intent as never, version);
    await storeEventAbout(test, 'invoice.created', { id: 'in_1' });
    const before = await asked();
    expect(await processInbox(test.runtime)).toBe(2);
    const others = (await events()).filter((event) => event.type !== 'payment_method.updated');
    expect(others.map(({ status }) => status).sort()).toEqual(['handled', 'ignored']);
    // The others are out of the way after another turn, which does nothing else.
    expect(await processInbox(test.runtime)).toBe(0);
    expect(await processInbox(test.runtime)).toBe(0);
    const now = test.clock.now();
    expect((await events()).filter(({ nextTryAt }) => nextTryAt <= now)).toHaveLength(2);
    expect(await asked()).toBe(before);
    const put = lines.filter(({ msg }) => msg === waits).map((line) => line.events);
    expect(put).toEqual([500, 120]);
  });
});
