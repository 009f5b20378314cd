import { PassThrough, Readable } from 'node:stream';
import { describeOnBothDatabases } from '@onfile/dev-env/test-database.ts';
import { openTestRuntime } from '@onfile/dev-env/test-runtime.ts';
import type { TestRuntime } from '@onfile/dev-env/test-runtime.ts';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { processInbox } from '../src/webhooks/process-inbox.ts';
import { receiveStripeEvent } from '../src/webhooks/receive-stripe-event.ts';
import { takeDelivery } from '../src/webhooks/take-delivery.ts';

describeOnBothDatabases('receiving webhooks', (dialect) => {
  let test: TestRuntime;
  beforeEach(async () => {
    test = await openTestRuntime({ dialect });
  });
  afterEach(() => test.close());

  function body(change: Record<string, unknown> = {}): string {
    return JSON.stringify({
      id: 'evt_1',
      object: 'event',
      api_version: '2026-10-28.endive',
      created: Math.floor(test.clock.now() / 1000),
      livemode: false,
      type: 'customer.created',
      data: { object: { id: 'cus_1', object: 'customer' } },
      ...change,
    });
  }

  function sign(payload: string, secondsAgo = 0, secret?: string): string {
    return test.runtime.stripe.webhooks.generateTestHeaderString({
      payload,
      secret: secret ?? test.runtime.settings.stripe.webhookSecrets[0] ?? '',
      timestamp: Math.floor(test.clock.now() / 1000) - secondsAgo,
    });
  }

  const deliver = (payload: string, signatureHeader: string | null = sign(payload)) =>
    receiveStripeEvent(test.runtime, { rawBody: Buffer.from(payload), signatureHeader });

  const stored = () => test.runtime.db.selectFrom('stripeEvents').selectAll().execute();

  it('stores a signed event byte for byte', async () => {
    const payload = body().replace('{', '{ \n');
    expect(await deliver(payload)).toMatchObject({ status: 200 });
    expect(await stored()).toMatchObject([{ id: 'evt_1', payload, status: 'pending' }]);
  });

  it('stores an event once, however often and however simultaneously it comes', async () => {
    const payload = body();
    await Promise.all(Array.from({ length: 20 }, () => deliver(payload)));
    await processInbox(test.runtime);
    expect(await deliver(payload)).toMatchObject({ status: 200 });
    expect(await stored()).toMatchObject([{ status: 'ignored' }]);
    expect(await processInbox(test.runtime)).toBe(0);
  });

  it.each([
    ['a forged signature', () => sign(body(), 0, 'whsec_forged_forged')],
    ['a signature older than five minutes', () => sign(body(), 301)],
    ['no signature', () => null],
    ['a signature of nothing', () => ''],
    ['two signature headers', () => `${sign(body())}, ${sign(body())}`],
    ['an endless header', () => `${sign(body())}${',v1=0'.repeat(2_000)}`],
  ])('refuses %s with 400 and stores nothing', async (_what, header) => {
    expect(await deliver(body(), header())).toMatchObject({ status: 400 });
    expect(await stored()).toEqual([]);
  });

  it.each([
    ['no JSON', 'hello'],
    ['JSON that is no event', '{"object":"charge"}'],
    ['JSON that is no object', 'null'],
    ['an event of live mode', ''],
  ])('refuses %s, though signed, with 400', async (_what, payload) => {
    expect(await deliver(payload || body({ livemode: true }))).toMatchObject({ status: 400 });
    expect(await stored()).toEqual([]);
  });

  it('takes what either secret has signed while one is rolled, and nothing else', async () => {
    const { stripe } = test.runtime.settings;
    stripe.webhookSecrets = ['whsec_newerSecret', 'whsec_olderSecret'];
    const signed = (id: string, secret: string) => {
      const payload = body({ id });
      return deliver(payload, sign(payload, 0, secret));
    };
    expect(await signed('evt_new', 'whsec_newerSecret')).toMatchObject({ status: 200 });
    expect(await signed('evt_old', 'whsec_olderSecret')).toMatchObject({ status: 200 });
    expect(await signed('evt_none', 'whsec_notRegisteredYet')).toMatchObject({ status: 400 });
    expect(await stored()).toHaveLength(2);
  });

  it('refuses the event of a connected account', async () => {
    const payload = body({ account: 'acct_somebodyElse' });
    expect(await deliver(payload)).toMatchObject({ status: 400 });
    expect(await stored()).toEqual([]);
  });

  it('turns deliveries away before they fill the memory, and takes them in again after', async () => {
    const heldBack = Array.from({ length: 64 }, () => new PassThrough());
    const hanging = heldBack.map((body) =>
      takeDelivery(test.runtime, { contentLength: null, signatureHeader: 't=1,v1=0', body }),
    );
    const payload = body();
    const send = () =>
      takeDelivery(test.runtime, {
        contentLength: String(payload.length),
        signatureHeader: sign(payload),
        body: Readable.from([Buffer.from(payload)]),
      });
    expect(await send()).toMatchObject({ status: 503 });
    for (const one of heldBack) one.destroy();
    await Promise.all(hanging);
    expect(await send()).toMatchObject({ status: 200 });
  });

  it('waits for a body that is held back no longer than is said', async () => {
    const payload = body();
    const heldBack = new PassThrough();
    // All but the last byte arrives, and what arrived is well signed.
    heldBack.write(payload.slice(0, -1));
    const signatureHeader = sign(payload);
    const delivery = { contentLength: null, signatureHeader, body: heldBack };
    expect(await takeDelivery(test.runtime, delivery, 20)).toEqual({
      status: 408,
      message: 'The body did not arrive within 0.02 s.',
    });
    heldBack.end(payload.slice(-1));
    expect(await stored()).toEqual([]);
  });

  it('reads no more than 1 MB of a body that never ends', async () => {
    const endless = new PassThrough();
    const signatureHeader = sign(body());
    const delivery = { contentLength: null, signatureHeader, body: endless };
    const answer = takeDelivery(test.runtime, delivery);
    for (let sent = 0; sent <= 1_000_000; sent += 100_000) endless.write(Buffer.alloc(100_000));
    expect(await answer).toMatchObject({ status: 413 });
    expect(endless.listenerCount('data')).toBe(0);
  });

  it('refuses a body over 1 MB with 413', async () => {
    const payload = body({ padding: 'x'.repeat(1_000_001) });
    expect(await deliver(payload)).toMatchObject({ status: 413 });
    expect(await stored()).toEqual([]);
  });

  it('keeps an event whose handler fails, tries it later, and never holds up the others', async () => {
    const poisoned = body({
      id: 'evt_poison',
      type: 'payment_intent.processing',
      data: {
        object: {
          id: 'pi_unknown',
          object: 'payment_intent',
          status: 'processing',
          metadata: { onfile_payment: 'pay_1' },
        },
      },
    });
    await deliver(poisoned);
    await deliver(body());
    await processInbox(test.runtime);
    const rows = await stored();
    expect(rows.find((row) => row.id === 'evt_1')).toMatchObject({ status: 'ignored' });
    expect(rows.find((row) => row.id === 'evt_poison')).toMatchObject({
      status: 'pending',
      tries: 1,
    });
    for (let i = 0; i < 12; i += 1) {
      test.clock.advance(2 * 60 * 60 * 1000);
      await processInbox(test.runtime);
    }
    expect((await stored()).find((row) => row.id === 'evt_poison')).toMatchObject({
      status: 'dead',
      lastError: expect.stringContaining('pi_unknown') as string,
    });
  });
});
