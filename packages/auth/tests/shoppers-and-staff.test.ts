import { afterAll, beforeAll, expect, it } from 'vitest';
import { latestMail } from '@onfile/dev-env/latest-mail.ts';
import { describeOnBothDatabases } from '@onfile/dev-env/test-database.ts';
import { addShopper } from '../src/add-shopper.ts';
import { addStaff } from '../src/add-staff.ts';
import { migrateAuth } from '../src/migrate-auth.ts';
import type { ShopperAuth } from '../src/shopper-auth.ts';
import { openShopperAuth } from '../src/shopper-auth.ts';
import type { StaffAuth } from '../src/staff-auth.ts';
import { openStaffAuth } from '../src/staff-auth.ts';
import type { AuthFixture } from './auth-fixture.ts';
import { openAuthFixture } from './auth-fixture.ts';
import { openBrowser } from './browser-stand-in.ts';

const password = 'long enough to pass';
const shop = 'http://localhost:3000';
const admin = 'http://localhost:3001';

describeOnBothDatabases('shoppers and staff', (dialect) => {
  let fixture: AuthFixture;
  let shopperAuth: ShopperAuth;
  let staffAuth: StaffAuth;

  beforeAll(async () => {
    fixture = await openAuthFixture(dialect);
    shopperAuth = openShopperAuth(fixture.runtime, { rateLimit: false });
    staffAuth = openStaffAuth(fixture.runtime, { rateLimit: false });
    await addShopper(fixture.runtime, { email: 'kim@example.com', name: 'Kim', password });
    const owner = { email: 'olu@example.com', name: 'Olu', password, role: 'owner' as const };
    await addStaff(fixture.runtime, owner);
  });
  afterAll(() => fixture.close());

  it('opens an account by a code, and then a password signs in', async () => {
    const browser = openBrowser(shopperAuth.handler, shop);
    const email = 'New.Shopper@example.com';
    await browser.post('/email-otp/send-verification-otp', { email });
    const { code } = await latestMail(fixture.runtime.db, 'one_time_code', email);
    const answer = await browser.post('/sign-in/email-otp', { email, otp: code, name: 'New' });
    expect(answer.status).toBe(200);
    const known = { email: 'new.shopper@example.com', name: 'New', emailVerified: true };
    expect(await shopperAuth.findShopper(browser.headers())).toMatchObject(known);
    expect((await browser.post('/set-password', { newPassword: password })).status).toBe(200);
    // A second one is refused: who finds a page open cannot take the account over.
    expect((await browser.post('/set-password', { newPassword: `${password}!` })).status).toBe(400);
    const later = openBrowser(shopperAuth.handler, shop);
    await later.post('/sign-in/email', { email, password });
    expect(await shopperAuth.findShopper(later.headers())).toMatchObject(known);
  });

  it('sets no password for somebody who is not signed in', async () => {
    const browser = openBrowser(shopperAuth.handler, shop);
    expect((await browser.post('/set-password', { newPassword: password })).status).toBe(401);
  });

  it('signs staff in with the role they were given', async () => {
    const browser = openBrowser(staffAuth.handler, admin);
    await browser.post('/sign-in/email', { email: 'olu@example.com', password });
    expect(await staffAuth.findStaff(browser.headers())).toMatchObject({
      email: 'olu@example.com',
      role: 'owner',
      secondFactor: false,
      secondFactorEnrolled: false,
    });
  });

  it('ends the session at sign-out', async () => {
    const browser = openBrowser(staffAuth.handler, admin);
    await browser.post('/sign-in/email', { email: 'olu@example.com', password });
    const before = browser.headers();
    expect((await browser.post('/sign-out', {})).status).toBe(200);
    expect(await staffAuth.findStaff(before)).toBeNull();
  });

  it("gives nothing to a shopper's session in the admin, whatever the cookie is called", async () => {
    const browser = openBrowser(shopperAuth.handler, shop);
    await browser.post('/sign-in/email', { email: 'kim@example.com', password });
    expect(await shopperAuth.findShopper(browser.headers())).not.toBeNull();
    expect(await staffAuth.findStaff(browser.headers())).toBeNull();
    const token = browser.cookies.get('onfile-shop.session_token');
    const renamed = new Headers({ cookie: `onfile-staff.session_token=${token}` });
    expect(await staffAuth.findStaff(renamed)).toBeNull();
  });

  it('gives nothing to a staff session in the shop, whatever the cookie is called', async () => {
    const browser = openBrowser(staffAuth.handler, admin);
    await browser.post('/sign-in/email', { email: 'olu@example.com', password });
    expect(await shopperAuth.findShopper(browser.headers())).toBeNull();
    const token = browser.cookies.get('onfile-staff.session_token');
    const renamed = new Headers({ cookie: `onfile-shop.session_token=${token}` });
    expect(await shopperAuth.findShopper(renamed)).toBeNull();
  });

  it("does not sign a shopper in with staff's password, nor staff with a shopper's", async () => {
    const inShop = openBrowser(shopperAuth.handler, shop);
    const inAdmin = openBrowser(staffAuth.handler, admin);
    const asStaff = await inShop.post('/sign-in/email', { email: 'olu@example.com', password });
    const asShopper = await inAdmin.post('/sign-in/email', { email: 'kim@example.com', password });
    expect([asStaff.status, asShopper.status]).toEqual([401, 401]);
  });

  it('has no sign-up for staff and no endpoint that we have not chosen', async () => {
    const browser = openBrowser(staffAuth.handler, admin);
    const body = { email: 'eve@example.com', name: 'Eve', password, role: 'owner' };
    expect((await browser.post('/sign-up/email', body)).status).toBe(404);
    const inShop = openBrowser(shopperAuth.handler, shop);
    expect((await inShop.post('/sign-up/email', body)).status).toBe(404);
    expect((await inShop.post('/send-verification-email', body)).status).toBe(404);
    expect((await browser.post('/update-user', { role: 'owner' })).status).toBe(404);
    expect((await browser.post('/../auth/two-factor/disable', { password })).status).toBe(404);
  });

  it('takes no role from a shopper who signs up with one', async () => {
    const browser = openBrowser(shopperAuth.handler, shop);
    const body = { email: 'mallory@example.com', name: 'M', otp: '123456', role: 'owner' };
    expect((await browser.post('/sign-in/email-otp', body)).status).toBe(400);
    expect(await shopperAuth.findShopper(browser.headers())).toBeNull();
    expect(await staffAuth.findStaff(browser.headers())).toBeNull();
  });

  it.each([
    ['a name without end', { name: 'x'.repeat(101) }],
    ['a name with control characters', { name: 'a\u0000b' }],
    ['a form without end', { name: 'x'.repeat(200_000) }],
    ['more than was asked for', { image: 'javascript:1' }],
  ])('refuses %s with a sentence', async (_what, change) => {
    const browser = openBrowser(shopperAuth.handler, shop);
    const body = { email: 'long@example.com', name: 'Long', otp: '123456', ...change };
    const answer = await browser.post('/sign-in/email-otp', body);
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ message: expect.any(String) as string });
    expect(await shopperAuth.findShopper(browser.headers())).toBeNull();
  });

  it('says the same for a wrong password as for an address that nobody has', async () => {
    const browser = openBrowser(shopperAuth.handler, shop);
    const wrong = { email: 'kim@example.com', password: 'not the password' };
    const nobody = { email: 'nobody@example.com', password: 'not the password' };
    const answers = [
      await browser.post('/sign-in/email', wrong),
      await browser.post('/sign-in/email', nobody),
    ];
    expect(answers.map((answer) => answer.status)).toEqual([401, 401]);
    const [first, second] = await Promise.all(answers.map((answer) => answer.text()));
    expect(first).toBe(second);
  });

  it('refuses a password of fewer than 10 characters', async () => {
    const browser = openBrowser(shopperAuth.handler, shop);
    const email = 'short@example.com';
    await browser.post('/email-otp/send-verification-otp', { email });
    const { code } = await latestMail(fixture.runtime.db, 'one_time_code', email);
    await browser.post('/sign-in/email-otp', { email, otp: code });
    const answer = await browser.post('/set-password', { newPassword: '123456789' });
    expect(await answer.json()).toMatchObject({ code: 'PASSWORD_TOO_SHORT' });
    const staff = { email: 's@example.com', name: 'S', password: '123456789' };
    await expect(addStaff(fixture.runtime, { ...staff, role: 'viewer' })).rejects.toThrow('10');
  });

  it('refuses a sign-in that another site posts', async () => {
    const headers = { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' };
    const browser = openBrowser(staffAuth.handler, admin, { headers });
    const answer = await browser.post('/sign-in/email', { email: 'olu@example.com', password });
    expect(answer.status).toBe(403);
    expect(browser.cookies.size).toBe(0);
  });

  it('sets HttpOnly cookies with SameSite=Lax, Secure only where the origin is https', async () => {
    const plain = openBrowser(staffAuth.handler, admin);
    await plain.post('/sign-in/email', { email: 'olu@example.com', password });
    expect(plain.setCookies.join()).toMatch(/onfile-staff\.session_token=.*HttpOnly/);
    expect(plain.setCookies.join()).toMatch(/SameSite=Lax/);
    expect(plain.setCookies.join()).not.toMatch(/Secure/);

    const origin = 'https://admin.example.com';
    const settings = { ...fixture.runtime.settings, adminOrigin: origin };
    const secured = openStaffAuth({ ...fixture.runtime, settings }, { rateLimit: false });
    const browser = openBrowser(secured.handler, origin);
    await browser.post('/sign-in/email', { email: 'olu@example.com', password });
    expect(browser.cookies.has('__Secure-onfile-staff.session_token')).toBe(true);
    expect(browser.setCookies.every((line) => /; Secure/.test(line))).toBe(true);
    expect(await secured.findStaff(browser.headers())).toMatchObject({ role: 'owner' });
  });

  it('leaves people as they are when they are added twice or migrated again', async () => {
    const again = { email: 'Olu@example.com', name: 'X', password: 'another password' };
    const answer = await addStaff(fixture.runtime, { ...again, role: 'viewer' });
    expect(answer.added).toBe(false);
    await migrateAuth(fixture.runtime);
    const browser = openBrowser(staffAuth.handler, admin);
    await browser.post('/sign-in/email', { email: 'olu@example.com', password });
    expect(await staffAuth.findStaff(browser.headers())).toMatchObject({ role: 'owner' });
  });

  it('stops guessing from one address, however often that address claims to be another', async () => {
    const limited = openStaffAuth(fixture.runtime);
    const guess = (address: string, claimed: string) =>
      openBrowser(limited.handler, admin, {
        address,
        headers: { 'x-forwarded-for': claimed, 'x-onfile-client-address': claimed },
      }).post('/sign-in/email', { email: 'olu@example.com', password: 'a guess at it' });
    const statuses: number[] = [];
    for (let at = 0; at < 21; at += 1)
      statuses.push((await guess('192.0.2.7', `10.0.0.${at}`)).status);
    expect(statuses.slice(0, 20).every((status) => status === 401)).toBe(true);
    expect(statuses[20]).toBe(429);
    expect((await guess('192.0.2.8', '192.0.2.7')).status).toBe(401);
  }, 60_000);
});
