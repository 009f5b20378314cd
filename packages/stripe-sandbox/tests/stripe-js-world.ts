import type { Browser, BrowserContext, FrameLocator, Page } from 'playwright-core';
import type Stripe from 'stripe';
import { expect } from 'vitest';
import { collectComplaints, launchChromium } from './launch-chromium.ts';
import { PUBLISHABLE_KEY, openSandbox } from './open-sandbox.ts';
import type { Opened } from './open-sandbox.ts';
import { openStripeJsHost } from './stripe-js-host.ts';
import type { StripeJsHost } from './stripe-js-host.ts';

export type World = Opened & { host: StripeJsHost; browser: Browser; close(): Promise<void> };

/** A sandbox, a shop on another site, and a browser. */
export async function openWorld(): Promise<World> {
  const opened = await openSandbox();
  const host = await openStripeJsHost(opened.sandbox.url, PUBLISHABLE_KEY);
  const browser = await launchChromium();
  return {
    ...opened,
    host,
    browser,
    async close() {
      await browser.close();
      await host.close();
      await opened.sandbox.close();
    },
  };
}

/** The shop's own code, run in its page; what it came to is kept for `outcome`. */
function shopCode(code: string, args: readonly unknown[]): string {
  return `
    window.events ??= [];
    window.result = window.thrown = undefined;
    (async (stripe, args) => { ${code} })(window.stripe, ${JSON.stringify(args)}).then(
      (result) => { window.result = result ?? null; },
      ({ name, message }) => { window.thrown = { name, message }; },
    );
    undefined;
  `;
}

export type Shop = {
  page: Page;
  context: BrowserContext;
  /** Runs the shop's own code; a throw or a rejection is kept in `thrown`. */
  run(code: string, ...args: unknown[]): Promise<void>;
  /** What `run` came to, as soon as it came to something. */
  outcome(): Promise<Outcome>;
  events(): Promise<{ [field: string]: unknown }[]>;
  frame(title?: string): FrameLocator;
  /** Fails when the page around ever held or heard one of these. */
  sawNothingOf(numbers: string[]): Promise<void>;
  /** Closes it; fails when the browser had something to say against the pages. */
  close(): Promise<void>;
};
export type Outcome = {
  result: { [field: string]: unknown } | undefined;
  thrown: { name: string; message: string } | undefined;
};

const PAYMENT_FRAME = 'Secure payment input frame';
export const CARD_FRAME = 'Secure card payment input frame';

/** Opens the shop in a browser context of its own. */
export async function openShop(world: World): Promise<Shop> {
  const context = await world.browser.newContext();
  const page = await context.newPage();
  const complaints = collectComplaints(page);
  await page.goto(world.host.url);
  await page.locator('body[data-ready]').waitFor();
  return {
    page,
    context,
    run: async (code, ...args) => {
      await page.evaluate(shopCode(code, args));
    },
    outcome: async () => {
      const read = () =>
        page.evaluate<Outcome>('({ result: window.result, thrown: window.thrown })');
      const came = async () => Object.values(await read()).some((value) => value !== undefined);
      // The first frame of a run waits for its script to be bundled.
      await expect.poll(came, { timeout: 20_000 }).toBe(true);
      return read();
    },
    events: () => page.evaluate('window.events'),
    frame: (title = PAYMENT_FRAME) => page.frameLocator(`[title="${title}"]`),
    async sawNothingOf(numbers) {
      const markup = await page.content();
      const heard = await page.evaluate<string>("window.heard.join('\\n')");
      expect(heard).toContain('sandboxElement');
      for (const number of numbers) {
        const digits = (markup + heard).replaceAll(/[\s\-"]/g, '');
        expect(digits).not.toContain(number);
      }
    },
    async close() {
      await context.close();
      expect(complaints).toEqual([]);
    },
  };
}

/** The bank's page, in the dialog over the shop. */
export function bankOf(page: Page): FrameLocator {
  return page.frameLocator('[title="3D Secure authentication"]');
}

/** Types a card into the one-line Card Element or the Payment Element. */
export async function typeCard(frame: FrameLocator, number: string): Promise<void> {
  await frame.getByLabel('Card number').fill(number);
  await frame.getByLabel('Expiration date').fill('1234');
  await frame.getByLabel('Security code').fill('123');
  await frame.getByLabel(/^ZIP/).fill('94107');
}

/** An intent as the shop's server makes it. */
export async function makePayment(
  stripe: Stripe,
  params: Partial<Stripe.PaymentIntentCreateParams> = {},
): Promise<Stripe.PaymentIntent> {
  return stripe.paymentIntents.create({ amount: 1099, currency: 'usd', ...params });
}

const MOUNT_PAYMENT = `
  window.elements = stripe.elements(args[0]);
  const payment = window.elements.create('payment', args[1]);
  payment.on('change', (event) => window.events.push(event));
  const ready = new Promise((resolve, reject) => {
    payment.on('ready', resolve);
    payment.on('loaderror', ({ error }) => reject({ name: 'loaderror', message: error.message }));
  });
  payment.mount('#element');
  await ready;
  return { ready: true };
`;

/** Puts a Payment Element into the shop, and gives what came of it. */
export async function mountPayment(
  shop: Shop,
  options: object,
  elementOptions: object = {},
): Promise<Outcome> {
  await shop.run(MOUNT_PAYMENT, options, elementOptions);
  return shop.outcome();
}

/** Presses the button of the Payment Element that fills in a card that succeeds. */
export function fillTestCard(shop: Shop): Promise<void> {
  return shop.frame().getByRole('button', { name: 'Fill a test card' }).click();
}
