import type { Row } from '@onfile/db/database.ts';
import { guestBuys } from '@onfile/dev-env/guest-buys.ts';
import { latestMail } from '@onfile/dev-env/latest-mail.ts';
import { describeOnBothDatabases } from '@onfile/dev-env/test-database.ts';
import { openTestRuntime } from '@onfile/dev-env/test-runtime.ts';
import type { TestRuntime } from '@onfile/dev-env/test-runtime.ts';
import { ensureCustomer } from '@onfile/payments/customers/ensure-customer.ts';
import { ensureGuest } from '@onfile/payments/customers/ensure-guest.ts';
import { ensureStripeOwner } from '@onfile/payments/customers/ensure-stripe-owner.ts';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { addShopper } from '../src/add-shopper.ts';
import { openShopperAuth } from '../src/shopper-auth.ts';
import type { ShopperAuth } from '../src/shopper-auth.ts';
import { openBrowser } from './browser-stand-in.ts';
import type { BrowserStandIn } from './browser-stand-in.ts';

const shop = 'http://localhost:3000';
const password = 'long enough to pass';
const visa = '4242424242424242';

describeOnBothDatabases('guests and accounts', (dialect) => {
  let test: TestRuntime;
  let auth: ShopperAuth;

  beforeEach(async () => {
    test = await openTestRuntime({ dialect });
    auth = openShopperAuth(test.runtime, { rateLimit: false });
  });
  afterEach(() => test.close());

  const browse = (): BrowserStandIn => openBrowser(auth.handler, shop);

  async function signInByCode(browser: BrowserStandIn, email: string): Promise<Response> {
    await browser.post('/email-otp/send-verification-otp', { email });
    const { code } = await latestMail(test.runtime.db, 'one_time_code', email);
    return browser.post('/sign-in/email-otp', { email, otp: code });
  }

  /** A browser in which somebody bought as a guest. */
  async function buyAsGuest(email: string): Promise<{ browser: BrowserStandIn; guest: Guest }> {
    const guest = await ensureGuest(test.runtime, { guestId: null, email, name: null });
    await guestBuys(test, guest, visa);
    const browser = browse();
    const cookie = auth.guests.write(guest.id);
    browser.cookies.set(cookie.name, cookie.value);
    return { browser, guest };
  }
  type Guest = Row<'customers'>;

  async function accountIn(browser: BrowserStandIn): Promise<Row<'customers'>> {
    const shopper = await auth.findShopper(browser.headers());
    if (!shopper) throw new Error('nobody is signed in');
    return ensureCustomer(test.runtime, shopper);
  }

  const ownersOfOrders = async (): Promise<string[]> =>
    (await test.runtime.db.selectFrom('orders').select('customerId').execute()).map(
      (order) => order.customerId,
    );

  async function unprove(userId: string): Promise<void> {
    await test.runtime.db
      .withoutPlugins()
      .withTables<{ shopper_user: { id: string; emailVerified: unknown } }>()
      .updateTable('shopper_user')
      .set({ emailVerified: dialect === 'sqlite' ? 0 : false })
      .where('id', '=', userId)
      .execute();
  }

  it('a code that the guest enters makes an account of what they left', async () => {
    const { browser } = await buyAsGuest('ada@example.com');
    await signInByCode(browser, 'Ada@Example.com');
    expect(await ownersOfOrders()).toEqual([(await accountIn(browser)).id]);
  });

  it('a code for another address than the guest typed joins nothing', async () => {
    const { browser, guest } = await buyAsGuest('adda@example.com');
    await signInByCode(browser, 'ada@example.com');
    expect(await ownersOfOrders()).toEqual([guest.id]);
  });

  it('whoever owns a mistyped address gets nothing by proving it elsewhere', async () => {
    const { guest } = await buyAsGuest('bob@example.com');
    const bobs = browse();
    await signInByCode(bobs, 'bob@example.com');
    await bobs.post('/sign-out', {});
    await signInByCode(bobs, 'bob@example.com');
    expect(await ownersOfOrders()).toEqual([guest.id]);
  });

  it('a password proves no guest’s address; the next code in that browser does', async () => {
    await addShopper(test.runtime, { email: 'ada@example.com', name: 'Ada', password });
    const { browser, guest } = await buyAsGuest('ada@example.com');
    await browser.post('/sign-in/email', { email: 'ada@example.com', password });
    expect(await ownersOfOrders()).toEqual([guest.id]);
    await signInByCode(browser, 'ada@example.com');
    expect(await ownersOfOrders()).toEqual([(await accountIn(browser)).id]);
  });

  it('joins at the next sign-in what was proven and could not be joined at once', async () => {
    const { browser, guest } = await buyAsGuest('ada@example.com');
    await test.runtime.db
      .updateTable('customers')
      .set({ emailProvenAt: test.clock.now() })
      .where('id', '=', guest.id)
      .execute();
    await addShopper(test.runtime, { email: 'ada@example.com', name: 'Ada', password });
    const elsewhere = browse();
    await elsewhere.post('/sign-in/email', { email: 'ada@example.com', password });
    expect(await ownersOfOrders()).toEqual([(await accountIn(elsewhere)).id]);
    expect(auth.guests.read(browser.headers())).toBe(guest.id);
  });

  it('a guest’s cookie is signed, holds for a week and ends with the sign-out', async () => {
    const { browser, guest } = await buyAsGuest('ada@example.com');
    const { name, value, options } = auth.guests.write(guest.id);
    expect(options).toMatchObject({ httpOnly: true, sameSite: 'lax', secure: false, path: '/' });
    expect(auth.guests.read(browser.headers())).toBe(guest.id);
    const forged = value.replace(guest.id, 'cust_00000000000000000000000000');
    expect(auth.guests.read(new Headers({ cookie: `${name}=${forged}` }))).toBeNull();
    expect(auth.guests.read(new Headers({ cookie: `${name}=${value}x` }))).toBeNull();
    expect(auth.guests.read(new Headers())).toBeNull();
    await browser.post('/sign-out', {});
    expect(browser.cookies.has(name)).toBe(false);
    test.clock.advance(7 * 24 * 60 * 60 * 1000 + 1);
    expect(auth.guests.read(new Headers({ cookie: `${name}=${value}` }))).toBeNull();
  });

  it('two sign-ups at once make one account and one customer at Stripe', async () => {
    const email = 'ada@example.com';
    const [first, second] = [browse(), browse()];
    await first.post('/email-otp/send-verification-otp', { email });
    const { code } = await latestMail(test.runtime.db, 'one_time_code', email);
    const answers = await Promise.all(
      [first, second].map((browser) => browser.post('/sign-in/email-otp', { email, otp: code })),
    );
    // A code works once: the other one asks for its own.
    expect(answers.map((answer) => answer.status).sort()).toEqual([200, 400]);
    const late = answers[0]?.status === 200 ? second : first;
    await signInByCode(late, email);
    const owners = await Promise.all(
      [first, second, first, second].map(async (browser) =>
        ensureStripeOwner(test.runtime, await accountIn(browser)),
      ),
    );
    expect(new Set(owners.map((owner) => JSON.stringify(owner))).size).toBe(1);
    const made = await test.control.requests({ method: 'POST', path: '/v1/customers' });
    expect(made.filter((request) => !request.replayed)).toHaveLength(1);
    expect(await test.runtime.db.selectFrom('customers').selectAll().execute()).toHaveLength(1);
  });

  it('a mailed link proves an address where its own account is signed in, and nowhere else', async () => {
    const email = 'ada@example.com';
    const { userId } = await addShopper(test.runtime, { email, name: 'Ada', password });
    await unprove(userId);
    const { browser, guest } = await buyAsGuest(email);
    await browser.post('/sign-in/email', { email, password });
    await auth.sendConfirmLink(browser.headers(), null);
    const { url } = await latestMail(test.runtime.db, 'verify_address', email);
    expect(url.startsWith(`${shop}/verify?token=`)).toBe(true);
    const token = new URL(url).searchParams.get('token') ?? '';
    const eve = browse();
    expect(await auth.confirmAddress(eve.headers(), token)).toBe('other_account');
    await signInByCode(eve, 'eve@example.com');
    expect(await auth.confirmAddress(eve.headers(), token)).toBe('other_account');
    expect(await auth.confirmAddress(browser.headers(), `${token}x`)).toBe('expired');
    expect(await auth.confirmAddress(browser.headers(), 'nonsense')).toBe('expired');
    expect(await auth.findShopper(browser.headers())).toMatchObject({ emailVerified: false });
    expect(await ownersOfOrders()).toEqual([guest.id]);
    expect(await auth.confirmAddress(browser.headers(), token)).toBe('confirmed');
    expect(await auth.findShopper(browser.headers())).toMatchObject({ emailVerified: true });
    // The guest's address was proven by the link, in the guest's browser.
    expect(await ownersOfOrders()).toEqual([(await accountIn(browser)).id]);
  });

  it('mails such links five times an hour, and none to a proven address', async () => {
    const email = 'ada@example.com';
    const { userId } = await addShopper(test.runtime, { email, name: 'Ada', password });
    const browser = browse();
    await browser.post('/sign-in/email', { email, password });
    await auth.sendConfirmLink(browser.headers(), null);
    const mails = () => test.runtime.db.selectFrom('outbox').select('id').execute();
    expect(await mails()).toEqual([]);
    await unprove(userId);
    for (let at = 0; at < 5; at += 1) await auth.sendConfirmLink(browser.headers(), null);
    expect(await mails()).toHaveLength(5);
    const refused = auth.sendConfirmLink(browser.headers(), null);
    await expect(refused).rejects.toMatchObject({ code: 'too_many_tries' });
  });
});
