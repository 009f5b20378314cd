import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { control } from './control.ts';
import { collectComplaints, launchChromium } from './launch-chromium.ts';
import { offSessionCharge, openSandbox, refusal, saveCard } from './open-sandbox.ts';
import type { Opened } from './open-sandbox.ts';
import { openListener } from './webhook-listener.ts';
import type { Listener } from './webhook-listener.ts';

vi.setConfig({ testTimeout: 30_000 });

let opened: Opened;
let listener: Listener;
let browser: Browser;
let context: BrowserContext;
let page: Page;
let complaints: string[];

beforeAll(async () => {
  opened = await openSandbox();
  listener = await openListener();
  browser = await launchChromium();
}, 60_000);
afterAll(async () => {
  await browser?.close();
  await opened?.sandbox.close();
  await listener?.close();
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

const said = (): Promise<string> => page.getByRole('status').innerText();
const open = async (): Promise<void> => {
  await page.goto(`${opened.sandbox.url}/_sandbox`);
};

test('a person moves the clock', async () => {
  await open();
  const before = await control<{ now: number }>(opened, 'GET', 'clock');
  await page.getByRole('button', { name: '+7 days' }).click();
  await expect.poll(said).toBe('The clock was moved: +7 days.');
  const { now } = await control<{ now: number }>(opened, 'GET', 'clock');
  expect(Math.round((now - before.now) / 86_400_000)).toBe(7);
  const shown = page.locator('#now');
  await expect.poll(() => shown.innerText()).toContain(new Date(now).toISOString().slice(0, 10));
});

test('a person makes the next charge fail, and the one after it succeeds', async () => {
  const saved = await saveCard(opened.stripe, 'pm_card_visa');
  await open();
  await page.getByLabel('The bank says').selectOption('do_not_honor');
  await page.getByRole('button', { name: 'Plan it' }).click();
  const planned = page.getByRole('list', { name: 'Planned answers of the bank' });
  await expect.poll(() => planned.innerText()).toBe('do_not_honor, once');
  const declined = await refusal(opened.stripe.paymentIntents.create(offSessionCharge(saved)));
  expect(declined.decline_code).toBe('do_not_honor');
  const next = await opened.stripe.paymentIntents.create(offSessionCharge(saved));
  expect(next.status).toBe('succeeded');
});

test('a person makes an answer fail, and forgets it again', async () => {
  await open();
  await page.getByLabel('Path begins with').fill('/v1/customers');
  await page.getByLabel('Status of an error').fill('503');
  await page.getByRole('button', { name: 'Plant it' }).click();
  await expect.poll(said).toBe('Planted.');
  expect((await refusal(opened.stripe.customers.create({}))).statusCode).toBe(503);
  await page.getByRole('button', { name: 'Plant it' }).click();
  await page.getByRole('button', { name: 'Release and forget all' }).click();
  await expect.poll(said).toBe('Forgotten.');
  expect((await opened.stripe.customers.create({})).object).toBe('customer');
});

test('a person holds webhooks and sends one of them', async () => {
  await opened.stripe.webhookEndpoints.create({
    url: listener.url,
    enabled_events: ['customer.created'],
  });
  await open();
  await page.getByRole('button', { name: 'Hold webhooks' }).click();
  await expect.poll(said).toBe('Webhooks are held.');
  await opened.stripe.customers.create({});
  await page.getByRole('button', { name: 'Send now: customer.created' }).click();
  await expect.poll(() => listener.types()).toEqual(['customer.created']);
  await page.getByRole('button', { name: 'Hold webhooks', pressed: true }).click();
  await expect.poll(said).toBe('Webhooks go out again.');
});

test('a person renews a card', async () => {
  const { method } = await saveCard(opened.stripe, 'pm_card_visa');
  const { card } = await opened.stripe.paymentMethods.retrieve(method);
  await open();
  await expect.poll(() => page.getByLabel('Type').innerText()).toContain('payment_method');
  await page.getByLabel('Type').selectOption('payment_method');
  await page.getByRole('button', { name: `Renew card: ${method}` }).click();
  await expect.poll(said).toBe('The card was renewed.');
  const renewed = await opened.stripe.paymentMethods.retrieve(method);
  expect(renewed.card?.exp_year).toBe((card?.exp_year ?? 0) + 4);
  const [event] = (
    await opened.stripe.events.list({ type: 'payment_method.automatically_updated' })
  ).data;
  expect(event?.data.previous_attributes).toMatchObject({ card: { exp_year: card?.exp_year } });
});

test.each([1280, 390])('the page is accessible and fits %i pixels', async (width) => {
  await page.setViewportSize({ width, height: 900 });
  await open();
  await expect.poll(() => page.getByRole('row').count()).toBeGreaterThan(5);
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
  const overflow = await page.evaluate<number>('document.documentElement.scrollWidth');
  expect(overflow).toBeLessThanOrEqual(width);
});

test('the page and the API behind it answer nobody but this machine and this page', async () => {
  const base = `${opened.sandbox.url}/_sandbox`;
  const status = async (path: string, init: RequestInit): Promise<number> =>
    (await fetch(`${base}${path}`, init)).status;
  const json = { 'content-type': 'application/json' };
  const body = '{"advanceSeconds":1}';
  expect(await status('/clock', { method: 'POST', body })).toBe(415);
  expect(
    await status('/clock', {
      method: 'POST',
      body,
      headers: { ...json, origin: 'http://example.com' },
    }),
  ).toBe(403);
  expect(await status('/clock', { headers: { 'sec-fetch-site': 'cross-site' } })).toBe(403);
  const link = { 'sec-fetch-site': 'cross-site', 'sec-fetch-dest': 'document' };
  expect(await status('', { headers: link })).toBe(200);
});
