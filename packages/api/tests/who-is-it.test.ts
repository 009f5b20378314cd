import { guestBuys } from '@onfile/dev-env/guest-buys.ts';
import { describeOnBothDatabases } from '@onfile/dev-env/test-database.ts';
import { openTestRuntime } from '@onfile/dev-env/test-runtime.ts';
import type { TestRuntime } from '@onfile/dev-env/test-runtime.ts';
import { findGuest } from '@onfile/payments/customers/find-guest.ts';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { refusalOf } from '../src/refusal-codes.ts';
import { createStorefrontCaller } from '../src/storefront/router.ts';

describeOnBothDatabases('who it is', (dialect) => {
  let test: TestRuntime;
  /** The guest whom each browser remembers. */
  let browsers: Record<string, string>;
  beforeEach(async () => {
    test = await openTestRuntime({ dialect });
    browsers = {};
  });
  afterEach(() => test.close());

  function caller(browser: string, shopper: string | null = null) {
    const email = `${shopper ?? ''}@example.com`;
    return createStorefrontCaller({
      runtime: test.runtime,
      request: {
        ipAddress: '203.0.113.7',
        userAgent: 'story',
        acceptLanguage: null,
        requestId: 'req',
      },
      shopper: shopper ? { userId: shopper, email, name: shopper, emailVerified: true } : null,
      recoveryToken: null,
      guestId: browsers[browser] ?? null,
      rememberGuest: (customerId) => {
        browsers[browser] = customerId;
      },
    });
  }

  const codeOf = (call: Promise<unknown>) =>
    call.then(
      () => 'allowed',
      (error: unknown) => refusalOf(error)?.code,
    );

  it('nobody yet becomes a guest by an address, and stays one in the same browser', async () => {
    expect(await caller('one').identity.get()).toEqual({ kind: 'nobody' });
    await caller('one').identity.startGuest({ email: ' Ada@Example.com ' });
    const ada = browsers['one'];
    expect(await caller('one').identity.get()).toEqual({
      kind: 'guest',
      email: 'ada@example.com',
    });
    await caller('one').identity.startGuest({ email: 'ada@example.com' });
    expect(browsers['one']).toBe(ada);
    // The same address in another browser is another guest: nothing is proven by typing it.
    await caller('two').identity.startGuest({ email: 'ada@example.com' });
    expect(browsers['two']).not.toBe(ada);
  });

  it('somebody signed in is no guest, and says whether their address is proven', async () => {
    expect(await caller('one', 'ada').identity.get()).toEqual({
      kind: 'account',
      email: 'ada@example.com',
      isProven: true,
    });
    const start = caller('one', 'ada').identity.startGuest({ email: 'eve@example.com' });
    expect(await codeOf(start)).toBe('guests_only');
  });

  it.each(['', 'ada', 'ada@', 'a b@example.com', `${'a'.repeat(250)}@example.com`])(
    'takes no guest under the address %j',
    async (email) => {
      expect(await codeOf(caller('one').identity.startGuest({ email }))).toBe('invalid_input');
    },
  );

  it('makes thirty guests an hour from one place', async () => {
    const start = (at: number) =>
      caller(String(at)).identity.startGuest({ email: `guest-${String(at)}@example.com` });
    for (let at = 0; at < 30; at += 1) await start(at);
    expect(await codeOf(start(30))).toBe('too_many_tries');
  });

  it('a guest’s order is brought in by its number and its card', async () => {
    await caller('one').identity.startGuest({ email: 'ada@example.com' });
    const guest = await findGuest(test.runtime, browsers['one'] ?? null);
    if (!guest) throw new Error('there is no guest');
    const order = await guestBuys(test, guest, '4242424242424242');
    const ada = caller('two', 'ada');
    const claim = { orderNumber: order.number, last4: '4242' };
    expect(await codeOf(caller('one').identity.claimOrder(claim))).toBe('not_signed_in');
    expect(await codeOf(ada.identity.claimOrder({ ...claim, last4: '424' }))).toBe('invalid_input');
    expect(await codeOf(ada.identity.claimOrder({ ...claim, last4: '4241' }))).toBe(
      'claim_not_matched',
    );
    expect(await ada.paymentMethods.list()).toMatchObject({ methods: [] });
    await ada.identity.claimOrder(claim);
    expect(await ada.paymentMethods.list()).toMatchObject({
      methods: [{ name: 'Visa ending in 4242' }],
    });
    // The browser in which they were a guest is nobody's now.
    expect(await caller('one').identity.get()).toEqual({ kind: 'nobody' });
  });
});
