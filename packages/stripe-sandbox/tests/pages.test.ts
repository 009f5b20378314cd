import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, BrowserContext, FrameLocator, Page } from 'playwright-core';
import Stripe from 'stripe';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { createSandbox } from '../src/server.ts';
import type { Sandbox } from '../src/server.ts';
import { bank, enterCard, save } from './fill-checkout.ts';
import { openHostPage } from './host-page.ts';
import type { HostPage } from './host-page.ts';
import { collectComplaints, launchChromium } from './launch-chromium.ts';

vi.setConfig({ testTimeout: 30_000 });

let sandbox: Sandbox;
let stripe: Stripe;
let host: HostPage;
let browser: Browser;
let context: BrowserContext;
let page: Page;
let complaints: string[];

beforeAll(async () => {
  sandbox = await createSandbox();
  stripe = new Stripe('sk_test_pagestory01', {
    host: '127.0.0.1',
    port: sandbox.port,
    protocol: 'http',
    telemetry: false,
  });
  host = await openHostPage(sandbox.url, 'pk_test_pagestory01', async (id) => {
    return (await stripe.checkout.sessions.retrieve(id)).client_secret ?? '';
  });
  browser = await launchChromium();
}, 60_000);

afterAll(async () => {
  await browser?.close();
  await host?.close();
  await sandbox?.close();
});

beforeEach(async () => {
  context = await browser.newContext();
  page = await context.newPage();
  complaints = collectComplaints(page);
});

afterEach(async () => {
  await context.close();
  expect(complaints).toEqual([]);
});

async function startSession(
  params: Stripe.Checkout.SessionCreateParams,
): Promise<Stripe.Checkout.Session> {
  const { id: customer } = await stripe.customers.create({ email: 'ada@example.com' });
  return stripe.checkout.sessions.create({ mode: 'setup', currency: 'usd', customer, ...params });
}

const backTo = () => `${host.url}/return?session_id={CHECKOUT_SESSION_ID}`;

async function openHosted(): Promise<Stripe.Checkout.Session> {
  const session = await startSession({ ui_mode: 'hosted_page', success_url: backTo() });
  await page.goto(session.url ?? '');
  return session;
}

async function openEmbedded(
  after: Stripe.Checkout.SessionCreateParams = { return_url: backTo() },
): Promise<{ session: Stripe.Checkout.Session; frame: FrameLocator }> {
  const session = await startSession({ ui_mode: 'embedded_page', ...after });
  await page.goto(`${host.url}/?session=${session.id}`);
  return { session, frame: page.frameLocator('[title="Secure payment form"]') };
}

const statusOf = async (id: string) => (await stripe.checkout.sessions.retrieve(id)).status;

describe('the hosted page', () => {
  test('saves a card that is typed with the keyboard alone, and leaves for success_url', async () => {
    const session = await openHosted();
    await page.getByLabel('Card number').focus();
    for (const typed of ['4242424242424242', '1234', '123', 'Ada Lovelace']) {
      await page.keyboard.type(typed);
      await page.keyboard.press('Tab');
    }
    await page.keyboard.press('Tab');
    await page.keyboard.type('94107');
    expect(await page.getByLabel('Card number').inputValue()).toBe('4242 4242 4242 4242');
    expect(await page.getByLabel('Expiration date').inputValue()).toBe('12 / 34');
    await page.keyboard.press('Enter');
    await page.waitForURL(`${host.url}/return?session_id=${session.id}`);
    const done = await stripe.checkout.sessions.retrieve(session.id, {
      expand: ['setup_intent.payment_method'],
    });
    expect(done.status).toBe('complete');
    expect(done).toHaveProperty('setup_intent.payment_method.card.last4', '4242');
  });

  test('marks what is wrong at the fields before anything is sent', async () => {
    const session = await openHosted();
    await enterCard(page, '4242424242424241');
    await page.getByLabel('Security code').fill('');
    await save(page);
    const number = page.getByLabel('Card number');
    expect(await number.getAttribute('aria-invalid')).toBe('true');
    expect(await number.getAttribute('aria-describedby')).toBe('number-message');
    const message = page.locator('#number-message');
    expect(await message.textContent()).toBe('Your card number is invalid.');
    expect(await page.getByRole('alert').textContent()).toBe('2 fields need your attention.');
    expect(await page.locator(':focus').getAttribute('id')).toBe('number');
    expect(await statusOf(session.id)).toBe('open');
  });

  test('shows a decline and stays usable', async () => {
    const session = await openHosted();
    await enterCard(page, '4000000000000002');
    await save(page);
    await page.getByRole('alert').getByText('Your card was declined').waitFor();
    expect(await statusOf(session.id)).toBe('open');
    await page.getByText('Test cards').click();
    await page.getByRole('button', { name: '4242 4242 4242 4242' }).click();
    await save(page);
    await page.waitForURL(`${host.url}/return?*`);
  });

  test('asks the bank for 3155 in a dialog that Escape does not close', async () => {
    await openHosted();
    await enterCard(page, '4000002500003155');
    await save(page);
    await bank(page).getByRole('button', { name: 'Complete authentication' }).waitFor();
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
    const dialog = page.getByRole('dialog', { name: 'Authenticate with your bank' });
    expect(await dialog.isVisible()).toBe(true);
    await bank(page).getByRole('button', { name: 'Complete authentication' }).click();
    await page.waitForURL(`${host.url}/return?*`);
  });

  test('of an expired session has no form', async () => {
    const session = await openHosted();
    await stripe.checkout.sessions.expire(session.id);
    await page.reload();
    await page.getByRole('heading', { name: 'This page has expired' }).waitFor();
    expect(await page.getByRole('button').count()).toBe(0);
  });
});

describe('the embedded page, mounted by the unmodified loader on another site', () => {
  test('saves a card and takes the top page to return_url', async () => {
    const { session, frame } = await openEmbedded();
    await enterCard(frame, '4242424242424242');
    await save(frame);
    await page.waitForURL(`${host.url}/return?session_id=${session.id}`);
    expect(await statusOf(session.id)).toBe('complete');
  });

  test('calls onComplete, and stays, when redirect_on_completion is never', async () => {
    const { session, frame } = await openEmbedded({ redirect_on_completion: 'never' });
    await enterCard(frame, '4242424242424242');
    await save(frame);
    await frame.getByRole('heading', { name: 'Card saved' }).waitFor();
    await page.waitForFunction('document.title === "onComplete was called"');
    expect(await statusOf(session.id)).toBe('complete');
  });

  test('goes on after a failed challenge, with another card', async () => {
    const { session, frame } = await openEmbedded();
    await enterCard(frame, '4000002500003155');
    await save(frame);
    await bank(frame).getByRole('button', { name: 'Fail authentication' }).click();
    await frame.getByText('We are unable to authenticate your payment method').waitFor();
    expect(await statusOf(session.id)).toBe('open');
    await enterCard(frame, '4000002500003155');
    await save(frame);
    await bank(frame).getByRole('button', { name: 'Complete authentication' }).click();
    await page.waitForURL(`${host.url}/return?session_id=${session.id}`);
  });
});

describe('the stand-in for Stripe.js', () => {
  /** Runs an expression on the host page, where `stripe` is what the loader gave; its error or ''. */
  async function failureOf(expression: string): Promise<string> {
    await page.waitForSelector('body[data-ready]');
    return page.evaluate(
      `(async () => { try { await (${expression}); return ''; } catch (e) { return e.name + ': ' + e.message; } })()`,
    );
  }

  test('allows one embedded page at a time', async () => {
    const { session } = await openEmbedded();
    const create = `stripe.createEmbeddedCheckoutPage({ clientSecret: '${session.client_secret}' })`;
    expect(await failureOf(create)).toBe(
      'IntegrationError: You cannot have multiple Embedded Checkout objects.',
    );
  });

  test('names the new name of a removed method, and refuses mistakes of the page', async () => {
    const hosted = await startSession({ ui_mode: 'hosted_page', success_url: backTo() });
    await page.goto(host.url);
    const create = (options: string) => failureOf(`stripe.createEmbeddedCheckoutPage(${options})`);
    expect(await failureOf('stripe.initEmbeddedCheckout({})')).toMatch(
      /createEmbeddedCheckoutPage/,
    );
    expect(await failureOf('stripe.initCheckout({})')).toMatch(/initCheckoutElementsSdk/);
    expect(await create('{}')).toMatch(/IntegrationError: Missing value.*fetchClientSecret/);
    expect(await create("{ clientSecret: 'pi_1_secret_2' }")).toMatch(/IntegrationError: Invalid/);
    expect(await create(`{ clientSecret: '${hosted.id}_secret_1' }`)).toMatch(/embedded_page/);
  });

  test('retrieves a SetupIntent by its client secret', async () => {
    const intent = await stripe.setupIntents.create({
      automatic_payment_methods: { enabled: true },
    });
    await page.goto(host.url);
    expect(await failureOf('stripe')).toBe('');
    const result = await page.evaluate(`stripe.retrieveSetupIntent('${intent.client_secret}')`);
    expect(result).toHaveProperty('setupIntent.id', intent.id);
  });
});

test('the challenge as a page of its own goes to return_url with what Stripe appends', async () => {
  const intent = await stripe.paymentIntents.create({
    amount: 1099,
    currency: 'usd',
    payment_method: 'pm_card_authenticationRequired',
    confirm: true,
    return_url: `${host.url}/return`,
  });
  await page.goto(intent.next_action?.redirect_to_url?.url ?? '');
  await page.getByText('$10.99').waitFor();
  await page.getByRole('button', { name: 'Fail authentication' }).click();
  await page.waitForURL(`${host.url}/return?*`);
  const { searchParams } = new URL(page.url());
  expect(searchParams.get('payment_intent')).toBe(intent.id);
  expect(searchParams.get('redirect_status')).toBe('failed');
});

test('axe finds nothing to complain about, on the page or in its dialog', async () => {
  await openHosted();
  const violations = async () => (await new AxeBuilder({ page }).analyze()).violations;
  expect(await violations()).toEqual([]);
  await page.getByText('Test cards').click();
  await page.getByRole('button', { name: '4000 0025 0000 3155' }).click();
  await save(page);
  await bank(page).getByRole('button', { name: 'Complete authentication' }).waitFor();
  expect(await violations()).toEqual([]);
});
