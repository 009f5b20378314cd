import { PassThrough, Readable } from 'node:stream';
import { signEvent } from '@onfile/dev-env/sign-event.ts';
import { describeOnBothDatabases } from '@onfile/dev-env/test-database.ts';
import { openTestRuntime } from '@onfile/dev-env/test-runtime.ts';
import type { TestRuntime } from '@onfile/dev-env/test-runtime.ts';
import { waitUntil } from '@onfile/dev-env/wait-until.ts';
import { afterEach, beforeEach, expect, it, onTestFinished, vi } from 'vitest';
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
    return signEvent(test, payload, { secondsAgo, secret });
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

  /** A delivery of which some has arrived and the rest is held back. */
  function heldBack(arrived: string | Buffer, signatureHeader = 't=1,v1=0') {
    const body = new PassThrough();
    body.write(arrived);
    return { contentLength: null, signatureHeader, body: () => body, cutOff: () => body.destroy() };
  }

  const whole = (payload: string, contentLength: string | null = String(payload.length)) => ({
    contentLength,
    signatureHeader: sign(payload),
    body: () => Readable.from([Buffer.from(payload)]),
  });

  it('turns deliveries away before they fill the memory, and takes them in again after', async () => {
    const megabytes = Array.from({ length: 63 }, () => heldBack(Buffer.alloc(1_000_000)));
    const hanging = megabytes.map((one) => takeDelivery(test.runtime, one));
    const payload = body();
    // There is room for this one, though not for what another says that it will send.
    expect(await takeDelivery(test.runtime, whole(payload))).toMatchObject({ status: 200 });
    const last = heldBack(Buffer.alloc(999_000));
    const full = takeDelivery(test.runtime, last);
    await waitUntil('all of it has arrived', () => last.body().readableLength === 0);
    const untouched = vi.fn(() => Readable.from([]));
    const announced = { ...whole(payload), body: untouched, contentLength: '2000' };
    expect(await takeDelivery(test.runtime, announced)).toMatchObject({ status: 503 });
    expect(untouched).not.toHaveBeenCalled();
    expect(await takeDelivery(test.runtime, whole(payload, null))).toMatchObject({ status: 503 });
    for (const one of [...megabytes, last]) one.cutOff();
    for (const one of [...hanging, full]) expect(await one).toMatchObject({ status: 408 });
    expect(await takeDelivery(test.runtime, whole(payload))).toMatchObject({ status: 200 });
  });

  it('is kept from nobody by requests that are opened and send nothing', async () => {
    const idle = Array.from({ length: 100 }, () => heldBack(''));
    const waiting = idle.map((one) => takeDelivery(test.runtime, one));
    expect(await takeDelivery(test.runtime, whole(body()))).toMatchObject({ status: 200 });
    for (const one of idle) one.cutOff();
    await Promise.all(waiting);
  });

  it('reads nothing that is not signed as Stripe signs', async () => {
    const untouched = vi.fn(() => Readable.from([]));
    for (const signatureHeader of [null, '', 'x', 'v1=0', `${sign('{}')}, ${sign('{}')}`]) {
      const delivery = { contentLength: null, signatureHeader, body: untouched };
      expect(await takeDelivery(test.runtime, delivery)).toMatchObject({ status: 400 });
    }
    expect(untouched).not.toHaveBeenCalled();
  });

  it('waits for a body that is held back no longer than ten seconds', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    onTestFinished(() => void vi.useRealTimers());
    const payload = body();
    // All but the last byte arrives, and the whole is well signed.
    const answer = takeDelivery(test.runtime, heldBack(payload.slice(0, -1), sign(payload)));
    await vi.advanceTimersByTimeAsync(9_999);
    expect(vi.getTimerCount()).toBe(1);
    await vi.advanceTimersByTimeAsync(1);
    expect(await answer).toEqual({
      status: 408,
      message: 'The body did not arrive within 10 s.',
    });
    vi.useRealTimers();
    expect(await stored()).toEqual([]);
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
