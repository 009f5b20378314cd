import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, BrowserContext, FrameLocator, Page } from 'playwright-core';
import type Stripe from 'stripe';
import { afterAll, afterEach, beforeAll, beforeEach, expect, vi } from 'vitest';
import { createSandbox } from '../src/server.ts';
import type { Sandbox, SandboxOptions } from '../src/server.ts';
import { watchEvents } from './conformance/watch-answers.ts';
import { openHostPage } from './host-page.ts';
import type { HostPage } from './host-page.ts';
import { collectComplaints, launchChromium } from './launch-chromium.ts';
import { openStripe } from './open-sandbox.ts';

/** What a test of the pages works with; filled anew before each test. */
export type Pages = {
  sandbox: Sandbox;
  stripe: Stripe;
  host: HostPage;
  page: Page;
  /** An open setup Session of a customer with an e-mail address, unless `params` say otherwise. */
  start(params: Stripe.Checkout.SessionCreateParams): Promise<Stripe.Checkout.Session>;
  /** A hosted Session, opened. */
  openHosted(params?: Stripe.Checkout.SessionCreateParams): Promise<Stripe.Checkout.Session>;
  /** An embedded Session, mounted on the merchant's page. */
  openEmbedded(
    params?: Stripe.Checkout.SessionCreateParams,
  ): Promise<{ session: Stripe.Checkout.Session; frame: FrameLocator }>;
  statusOf(id: string): Promise<string | null>;
  /** What axe finds on the open page, and which element it is about. */
  violations(): Promise<string[]>;
  /** The browser's console may say this in the test at hand. */
  expectComplaint(words: RegExp): void;
};

/** A payment Session of one item. */
export function payFor(amount: number, currency = 'usd'): Stripe.Checkout.SessionCreateParams {
  const price_data = { currency, unit_amount: amount, product_data: { name: 'Sea view room' } };
  return { mode: 'payment', currency, line_items: [{ quantity: 1, price_data }] };
}

/** One sandbox, one merchant's page and one browser for all tests of a file, a fresh page for each. */
export function usePages(options: SandboxOptions = {}): Pages {
  vi.setConfig({ testTimeout: 30_000 });
  let browser: Browser;
  let context: BrowserContext;
  let complaints: string[] = [];
  let expected: RegExp[] = [];
  const pages = withActions();
  pages.expectComplaint = (words) => expected.push(words);

  beforeAll(async () => {
    pages.sandbox = watchEvents(await createSandbox(options));
    pages.stripe = openStripe(pages.sandbox, 'sk_test_pagestory01');
    pages.host = await openHostPage(pages.sandbox.url, 'pk_test_pagestory01', async (id) => {
      return (await pages.stripe.checkout.sessions.retrieve(id)).client_secret ?? '';
    });
    browser = await launchChromium();
  }, 60_000);

  afterAll(async () => {
    await browser?.close();
    await pages.host?.close();
    await pages.sandbox?.close();
  });

  beforeEach(async () => {
    context = await browser.newContext();
    pages.page = await context.newPage();
    // Shorter than the test's own time, so that a failure names what was waited for.
    pages.page.setDefaultTimeout(10_000);
    expected = [];
    complaints = collectComplaints(pages.page);
  });

  afterEach(async () => {
    await context.close();
    const odd = complaints.filter((complaint) => !expected.some((words) => words.test(complaint)));
    expect(odd).toEqual([]);
  });
  return pages;
}

function withActions(): Pages {
  const pages = {} as Pages;
  const backTo = () => `${pages.host.url}/return?session_id={CHECKOUT_SESSION_ID}`;
  pages.start = async (params) => {
    const known = { customer: params.customer ?? (await newCustomer(pages.stripe)) };
    return pages.stripe.checkout.sessions.create({
      mode: 'setup',
      currency: 'usd',
      ...(params.customer_email === undefined ? known : {}),
      ...params,
    });
  };
  pages.openHosted = async (params = {}) => {
    const session = await pages.start({
      ui_mode: 'hosted_page',
      success_url: backTo(),
      ...params,
    });
    await pages.page.goto(session.url ?? '');
    return session;
  };
  pages.openEmbedded = async (params = { return_url: backTo() }) => {
    const session = await pages.start({ ui_mode: 'embedded_page', ...params });
    await pages.page.goto(`${pages.host.url}/?session=${session.id}`);
    return { session, frame: pages.page.frameLocator('[title="Secure payment form"]') };
  };
  pages.statusOf = async (id) => (await pages.stripe.checkout.sessions.retrieve(id)).status;
  pages.violations = async () => {
    const { violations } = await new AxeBuilder({ page: pages.page }).analyze();
    return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`);
  };
  return pages;
}

async function newCustomer(stripe: Stripe): Promise<string> {
  return (await stripe.customers.create({ email: 'ada@example.com' })).id;
}
