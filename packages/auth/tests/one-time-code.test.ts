import { latestMail } from '@onfile/dev-env/latest-mail.ts';
import { describeOnBothDatabases } from '@onfile/dev-env/test-database.ts';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { addShopper } from '../src/add-shopper.ts';
import { openShopperAuth } from '../src/shopper-auth.ts';
import type { ShopperAuth } from '../src/shopper-auth.ts';
import { openAuthFixture } from './auth-fixture.ts';
import type { AuthFixture } from './auth-fixture.ts';
import { openBrowser } from './browser-stand-in.ts';
import type { BrowserStandIn } from './browser-stand-in.ts';

const shop = 'http://localhost:3000';
const email = 'kim@example.com';
const minuteMs = 60_000;

describeOnBothDatabases('a one-time code', (dialect) => {
  let fixture: AuthFixture;
  let auth: ShopperAuth;

  beforeEach(async () => {
    fixture = await openAuthFixture(dialect);
    auth = openShopperAuth(fixture.runtime, { rateLimit: false });
  });
  afterEach(async () => {
    vi.useRealTimers();
    await fixture.close();
  });

  const browse = (address?: string): BrowserStandIn =>
    openBrowser(auth.handler, shop, address ? { address } : {});

  const ask = (browser: BrowserStandIn, to = email): Promise<Response> =>
    browser.post('/email-otp/send-verification-otp', { email: to });

  const enter = (browser: BrowserStandIn, otp: string, to = email): Promise<Response> =>
    browser.post('/sign-in/email-otp', { email: to, otp });

  const mailed = async (to = email): Promise<string> =>
    (await latestMail(fixture.runtime.db, 'one_time_code', to)).code;

  const another = (code: string): string => (code === '111111' ? '222222' : '111111');

  it('has six digits, is kept as a keyed hash only, and works once', async () => {
    const browser = browse();
    await ask(browser);
    const code = await mailed();
    expect(code).toMatch(/^\d{6}$/);
    const kept = await fixture.runtime.db
      .withoutPlugins()
      .withTables<{ shopper_verification: { value: string } }>()
      .selectFrom('shopper_verification')
      .select('value')
      .execute();
    expect(kept).toHaveLength(1);
    expect(kept[0]?.value).not.toContain(code);
    expect((await enter(browser, code)).status).toBe(200);
    expect(await auth.findShopper(browser.headers())).toMatchObject({ email, emailVerified: true });
    expect((await enter(browse(), code)).status).toBe(400);
  });

  it('is worth nothing after five wrong tries', async () => {
    const browser = browse();
    await ask(browser);
    const code = await mailed();
    for (let at = 0; at < 5; at += 1) {
      const wrong = await enter(browser, another(code));
      expect(await wrong.json()).toMatchObject({ code: 'INVALID_OTP' });
    }
    const late = await enter(browser, code);
    expect([late.status, await late.json()]).toMatchObject([403, { code: 'TOO_MANY_ATTEMPTS' }]);
    expect(await auth.findShopper(browser.headers())).toBeNull();
    // A new one works.
    await ask(browser);
    expect((await enter(browser, await mailed())).status).toBe(200);
  });

  it('is worth nothing after ten minutes', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const browser = browse();
    await ask(browser);
    const code = await mailed();
    vi.setSystemTime(Date.now() + 10 * minuteMs + 1_000);
    const late = await enter(browser, code);
    expect([late.status, await late.json()]).toMatchObject([400, { code: 'OTP_EXPIRED' }]);
    expect(await auth.findShopper(browser.headers())).toBeNull();
  });

  it('is replaced by the next one that is asked for', async () => {
    const browser = browse();
    await ask(browser);
    const first = await mailed();
    await ask(browser);
    const second = await mailed();
    if (first !== second) expect((await enter(browser, first)).status).toBe(400);
    expect((await enter(browser, second)).status).toBe(200);
  });

  it('is asked for and entered in the same words, whether or not the address is known', async () => {
    await addShopper(fixture.runtime, { email, name: 'Kim', password: 'long enough to pass' });
    const said = async (to: string) => {
      const browser = browse();
      const asked = await ask(browser, to);
      const wrong = await enter(browser, another(await mailed(to)), to);
      return [asked.status, await asked.text(), wrong.status, await wrong.text()];
    };
    expect(await said(email)).toEqual(await said('nobody@example.com'));
  });

  it('goes to one address five times in half an hour, then says how long to wait', async () => {
    const statuses: number[] = [];
    for (let at = 0; at < 5; at += 1) {
      statuses.push((await ask(browse(`192.0.2.${String(at)}`))).status);
    }
    expect(statuses).toEqual([200, 200, 200, 200, 200]);
    const refused = await ask(browse('192.0.2.99'), 'Kim@Example.com ');
    expect(refused.status).toBe(429);
    expect(await refused.json()).toEqual({ code: 'TOO_MANY_TRIES', wait: '30 minutes' });
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(1_700);
    expect((await ask(browse('192.0.2.99'), 'lee@example.com')).status).toBe(200);
  });

  it('is asked for twenty times an hour from one place', async () => {
    for (let at = 0; at < 20; at += 1) {
      const asked = await ask(browse('198.51.100.7'), `someone-${String(at)}@example.com`);
      expect(asked.status).toBe(200);
    }
    expect((await ask(browse('198.51.100.7'), 'one-more@example.com')).status).toBe(429);
    expect((await ask(browse('198.51.100.8'), 'one-more@example.com')).status).toBe(200);
  });

  it('takes the account back from whoever opened it with somebody else’s address', async () => {
    const { userId } = await addShopper(fixture.runtime, {
      email,
      name: 'Not Kim',
      password: 'the thief’s password',
    });
    await fixture.runtime.db
      .withoutPlugins()
      .withTables<{ shopper_user: { id: string; emailVerified: unknown } }>()
      .updateTable('shopper_user')
      .set({ emailVerified: dialect === 'sqlite' ? 0 : false })
      .where('id', '=', userId)
      .execute();
    const thief = browse();
    await thief.post('/sign-in/email', { email, password: 'the thief’s password' });
    expect(await auth.findShopper(thief.headers())).toMatchObject({ emailVerified: false });
    const kim = browse();
    await ask(kim);
    await enter(kim, await mailed());
    expect(await auth.findShopper(kim.headers())).toMatchObject({ userId, emailVerified: true });
    expect(await auth.findShopper(thief.headers())).toBeNull();
    const again = await browse().post('/sign-in/email', {
      email,
      password: 'the thief’s password',
    });
    expect(again.status).toBe(401);
  });
});
