import { openCaptchaService } from '@onfile/dev-env/captcha-service.ts';
import { describeOnBothDatabases } from '@onfile/dev-env/test-database.ts';
import { openAnotherRuntime, openTestRuntime } from '@onfile/dev-env/test-runtime.ts';
import type { TestRuntime } from '@onfile/dev-env/test-runtime.ts';
import { parseCaptcha } from '@onfile/payments/limits/captcha-settings.ts';
import { spend } from '@onfile/payments/limits/spend.ts';
import { loops } from '@onfile/payments/worker/loops.ts';
import { afterEach, beforeEach, expect, it, onTestFinished } from 'vitest';
import { refusalOf } from '../src/refusal-codes.ts';
import { createStorefrontCaller } from '../src/storefront/router.ts';

const hourMs = 60 * 60 * 1000;

describeOnBothDatabases('who tries too often', (dialect) => {
  let test: TestRuntime;
  beforeEach(async () => {
    test = await openTestRuntime({ dialect });
  });
  afterEach(() => test.close());

  const shopper = (name: string, ipAddress = '203.0.113.7') =>
    createStorefrontCaller({
      runtime: test.runtime,
      request: { ipAddress, userAgent: 'story', acceptLanguage: null, requestId: 'req' },
      shopper: { userId: name, email: `${name}@example.com`, name, emailVerified: true },
      guestId: null,
      recoveryToken: null,
      rememberGuest: () => undefined,
    });

  async function addCard(name: string, ipAddress?: string, captchaToken?: string) {
    const as = shopper(name, ipAddress);
    const { termsVersionId } = await as.setup.getTerms({});
    try {
      await as.setup.start({
        termsVersionId,
        accepted: true,
        uiMode: 'embedded_page',
        ...(captchaToken !== undefined && { captchaToken }),
      });
      return 'started';
    } catch (error) {
      const refusal = refusalOf(error);
      if (!refusal) throw error;
      return refusal.sentence;
    }
  }

  it('opens ten forms for cards an hour with one account, then waits', async () => {
    for (let at = 0; at < 10; at += 1) expect(await addCard('ada')).toBe('started');
    expect(await addCard('ada')).toBe('That was tried too often. Wait 60 minutes, then try again.');
    test.clock.advance(hourMs / 2);
    expect(await addCard('ada')).toContain('30 minutes');
    expect(await addCard('bob')).toBe('started');
    test.clock.advance(hourMs / 2 + 1);
    expect(await addCard('ada')).toBe('started');
  });

  it('is known by the place as well, whatever the account; a /64 is one place', async () => {
    const { runtime } = test;
    const by = (at: number) => ({
      account: `acc-${String(at)}`,
      ip: `2001:db8:1:2::${String(at)}`,
    });
    for (let at = 0; at < 30; at += 1) await spend(runtime, 'add_method', by(at));
    expect(await addCard('ada', '2001:db8:1:2:ffff::1')).toContain('60 minutes');
    expect(await addCard('ada', '2001:db8:1:3::1')).toBe('started');
    runtime.settings.limits.ipFactor = 2;
    expect(await addCard('ada', '2001:db8:1:2:ffff::1')).toBe('started');
  });

  it('is counted by all processes together, each try of many at once', async () => {
    const other = openAnotherRuntime(test, 'other');
    onTestFinished(() => other.close());
    const tries = Array.from({ length: 40 }, (_, at) =>
      spend(at % 2 ? test.runtime : other.runtime, 'add_method', { account: 'ada' }),
    );
    const results = await Promise.allSettled(tries);
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(10);
  });

  it('is remembered by no name or address, and only for as long as it matters', async () => {
    await addCard('ada');
    const kept = () => test.runtime.db.selectFrom('rateLimits').selectAll().execute();
    expect(JSON.stringify(await kept())).not.toMatch(/ada|example|203|cust_/);
    expect(await kept()).not.toEqual([]);
    test.clock.advance(hourMs + 1);
    await loops.find(({ name }) => name === 'limits')?.work(test.runtime);
    expect(await kept()).toEqual([]);
  });

  it('answers a CAPTCHA first where the shop has one', async () => {
    const service = await openCaptchaService();
    onTestFinished(() => service.close());
    test.runtime.settings.captcha = parseCaptcha(service.env).captcha;
    expect(await addCard('ada')).toContain('that a person sent this');
    expect(service.asked).toEqual([]);
    expect(await addCard('ada', '203.0.113.9', 'a program')).toContain('that a person sent this');
    expect(await addCard('ada', '203.0.113.9', 'a person')).toBe('started');
    expect(service.asked.map((form) => Object.fromEntries(form))).toEqual([
      { secret: 'shh', response: 'a program', remoteip: '203.0.113.9' },
      { secret: 'shh', response: 'a person', remoteip: '203.0.113.9' },
    ]);
    const asGuest = createStorefrontCaller({
      runtime: test.runtime,
      request: {
        ipAddress: '203.0.113.9',
        userAgent: 'story',
        acceptLanguage: null,
        requestId: 'req',
      },
      shopper: null,
      guestId: null,
      recoveryToken: null,
      rememberGuest: () => undefined,
    });
    const email = 'guest@example.com';
    await expect(asGuest.identity.startGuest({ email })).rejects.toThrow('captcha_failed');
    await asGuest.identity.startGuest({ email, captchaToken: 'a person' });
    // A service that does not answer lets nobody through.
    const CAPTCHA_VERIFY_URL = 'http://127.0.0.1:9/siteverify';
    test.runtime.settings.captcha = parseCaptcha({ ...service.env, CAPTCHA_VERIFY_URL }).captcha;
    expect(await addCard('ada', '203.0.113.9', 'a person')).toContain('that a person sent this');
  });
});
