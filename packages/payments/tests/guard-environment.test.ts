import { openWithSettings } from '@onfile/dev-env/open-with-settings.ts';
import { saveCard } from '@onfile/dev-env/save-card.ts';
import { describeOnBothDatabases } from '@onfile/dev-env/test-database.ts';
import { openTestRuntime } from '@onfile/dev-env/test-runtime.ts';
import type { TestRuntime } from '@onfile/dev-env/test-runtime.ts';
import { waitUntil } from '@onfile/dev-env/wait-until.ts';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { currentStanding } from '../src/environment/guard.ts';
import { decideEnvironment } from '../src/environment/decide-environment.ts';
import type { Settings, StripeSettings } from '../src/settings.ts';
import { receiveStripeEvent } from '../src/webhooks/receive-stripe-event.ts';
import { runLoop } from '../src/worker/run-loop.ts';

const away = new URL('http://127.0.0.1:9');

describeOnBothDatabases('the environment guard', (dialect) => {
  let test: TestRuntime;
  beforeEach(async () => {
    test = await openTestRuntime({ dialect });
    await currentStanding(opened());
  });
  afterEach(() => test.close());

  const opened = (stripe: Partial<StripeSettings> = {}, change: Partial<Settings> = {}) =>
    openWithSettings(test, stripe, change);
  const other = () => opened({ secretKey: 'sk_test_anotherAccount' });
  const live = (change: Partial<Settings> = {}) => opened({ mode: 'live' }, change);
  const asTest = { mode: 'test' as const };

  async function recordedAs(mode: 'test' | 'live', origin: string | null = null): Promise<void> {
    const change = { stripeMode: mode, storefrontOrigin: origin };
    await test.runtime.db.updateTable('environment').set(change).execute();
  }

  it('lets the same account in again, also when its key was rolled', async () => {
    expect(await currentStanding(opened())).toMatchObject({ kind: 'own' });
    const { account } = (await currentStanding(opened())) as { account: string };
    // A rolled key is another key of the same account: here a restricted one, which may not ask.
    const environment = test.runtime.db.selectFrom('environment').select('keyHash');
    const before = await environment.executeTakeFirstOrThrow();
    await test.runtime.db.updateTable('environment').set({ keyHash: 'the old key’s' }).execute();
    expect(await currentStanding(opened())).toEqual({ kind: 'own', account });
    expect(await environment.executeTakeFirstOrThrow()).toEqual(before);
  });

  it('does not ask Stripe about the key that it knows, and waits for it with another', async () => {
    expect(await currentStanding(opened({ apiBase: away }))).toMatchObject({ kind: 'own' });
    const unknown = opened({ apiBase: away, secretKey: 'sk_test_anotherAccount' });
    expect(await currentStanding(unknown)).toEqual({ kind: 'unverified', why: 'stripe_away' });
  });

  it('knows its own key’s account for good, though another process has another key of it', async () => {
    const process = opened();
    expect(await currentStanding(process)).toMatchObject({ kind: 'own' });
    const others = { keyHash: 'that of the worker’s restricted key' };
    await test.runtime.db.updateTable('environment').set(others).execute();
    await test.control.fault({
      method: 'GET',
      path: '/v1/account',
      action: 'status',
      status: 503,
      times: 100,
    });
    process.guard.checkedAt = -Infinity;
    expect(await currentStanding(process)).toMatchObject({ kind: 'own' });
    const kept = await test.runtime.db.selectFrom('environment').select('keyHash').execute();
    expect(kept).toEqual([others]);
  });

  it('takes no address from a command that was told none', async () => {
    await recordedAs('live');
    const atHome = live({ storefrontOrigin: 'http://localhost:3000' });
    expect(await currentStanding(atHome)).toMatchObject({ kind: 'own' });
    const shop = live({ storefrontOrigin: 'https://shop.example' });
    expect(await currentStanding(shop)).toMatchObject({ kind: 'own' });
    const row = await test.runtime.db
      .selectFrom('environment')
      .selectAll()
      .executeTakeFirstOrThrow();
    expect(row.storefrontOrigin).toBe('https://shop.example');
  });

  it('starts a demo’s database with real keys not at all', async () => {
    await expect(currentStanding(live())).rejects.toThrow(
      'This database belongs to Stripe mode "sandbox", and the keys are for mode "live"',
    );
  });

  it('writes nothing to Stripe from a copy: no charge, no detach, no call at all', async () => {
    const { method } = await saveCard(test, 'ada', '4242424242424242');
    const copy = other();
    expect(await currentStanding(copy)).toMatchObject({ kind: 'foreign', isCopy: false });
    const before = await test.control.requests({});
    const { stripe } = copy;
    const card = method.stripePaymentMethodId;
    await expect(stripe.paymentMethods.detach(card)).rejects.toThrow();
    await expect(
      stripe.paymentIntents.create({ amount: 500, currency: 'usd', payment_method: card }),
    ).rejects.toThrow();
    await expect(stripe.customers.del(String(method.stripeOwnerId))).rejects.toThrow();
    const after = await test.control.requests({});
    expect(after.filter(({ method }) => method !== 'GET')).toEqual(
      before.filter(({ method }) => method !== 'GET'),
    );
  });

  it('keeps a copy’s worker still, and lets it work once it is said to have moved', async () => {
    const copy = other();
    const standing = await currentStanding(copy);
    if (standing.kind !== 'foreign') throw new Error('taken for its own');
    let turns = 0;
    const stop = new AbortController();
    const loop = { name: 'story', idleMs: 1, work: () => Promise.resolve(((turns += 1), 0)) };
    const running = runLoop(copy, loop, stop.signal);
    const { account } = standing.given;
    const said = {
      verdict: 'moved' as const,
      account,
      actor: { kind: 'staff', id: 'ann' } as const,
    };
    await expect(decideEnvironment(copy, { ...said, account: 'acct_typo' })).rejects.toMatchObject({
      code: 'environment_account_differs',
    });
    expect(turns).toBe(0);
    expect(await decideEnvironment(copy, said)).toEqual({ kind: 'own', account });
    await waitUntil('the worker works', () => Promise.resolve(turns > 0));
    stop.abort();
    await running;
    expect(await currentStanding(opened())).toMatchObject({ kind: 'foreign' });
    expect(
      await test.runtime.db.selectFrom('auditLog').select(['action', 'actorId']).execute(),
    ).toEqual([{ action: 'environment.moved', actorId: 'ann' }]);
  });

  it('remembers that it is a copy, of which account, and still writes nothing', async () => {
    const copy = other();
    const standing = await currentStanding(copy);
    if (standing.kind !== 'foreign') throw new Error('taken for its own');
    const said = { account: standing.given.account, actor: { kind: 'staff', id: 'ann' } as const };
    await decideEnvironment(copy, { verdict: 'copy', ...said });
    expect(await currentStanding(other())).toMatchObject({ kind: 'foreign', isCopy: true });
    const third = opened({ secretKey: 'sk_test_yetAnotherAccount' });
    expect(await currentStanding(third)).toMatchObject({ kind: 'foreign', isCopy: false });
    expect(await currentStanding(opened())).toMatchObject({ kind: 'own' });
  });

  it('never lets test data become live data', async () => {
    await recordedAs('test');
    const copy = live();
    const standing = await currentStanding(copy);
    if (standing.kind !== 'foreign') throw new Error('taken for its own');
    const said = { account: standing.given.account, actor: { kind: 'staff', id: 'ann' } as const };
    await expect(decideEnvironment(copy, { verdict: 'moved', ...said })).rejects.toMatchObject({
      code: 'environment_mode_differs',
    });
    expect(await currentStanding(opened(asTest))).toMatchObject({ kind: 'own' });
  });

  it('knows a live database at another address for a copy, with the very same keys', async () => {
    await recordedAs('live', 'https://shop.example');
    expect(await currentStanding(live({ storefrontOrigin: 'https://shop.example' }))).toMatchObject(
      { kind: 'own' },
    );
    expect(
      await currentStanding(live({ storefrontOrigin: 'https://staging.example' })),
    ).toMatchObject({
      kind: 'foreign',
      recorded: { origin: 'https://shop.example' },
      given: { origin: 'https://staging.example' },
    });
  });

  it('takes in no events for a copy: Stripe sends them again', async () => {
    const copy = other();
    await currentStanding(copy);
    const payload = JSON.stringify({
      id: 'evt_1',
      object: 'event',
      api_version: '2026-10-28.endive',
      created: 1,
      livemode: false,
      type: 'customer.created',
      data: { object: { id: 'cus_1' } },
    });
    const signatureHeader = copy.stripe.webhooks.generateTestHeaderString({
      payload,
      secret: copy.settings.stripe.webhookSecrets[0] ?? '',
      timestamp: Math.floor(test.clock.now() / 1000),
    });
    const delivery = { rawBody: Buffer.from(payload), signatureHeader };
    expect(await receiveStripeEvent(copy, delivery)).toMatchObject({ status: 503 });
    expect(await test.runtime.db.selectFrom('stripeEvents').select('id').execute()).toEqual([]);
  });
});
