import { ask, call, refusalOf } from '../fixtures/call-procedure.ts';
import { signUp } from '../fixtures/shopper.ts';
import { expect, expectNoBarriers, story } from '../fixtures/story.ts';
import type { Constellation } from '@onfile/dev-env/constellation.ts';
import { publishTermsIn } from '@onfile/dev-env/publish-terms-in.ts';
import { withRuntime } from '@onfile/dev-env/with-runtime.ts';
import type { Page } from '@playwright/test';

async function startSetup(page: Page, onfile: Constellation, more: object = {}, of: object = {}) {
  const terms = await ask(page.request, onfile.storefrontUrl, 'setup.getTerms', of);
  const { result } = (await terms.json()) as { result: { data: { termsVersionId: string } } };
  return call(page.request, onfile.storefrontUrl, 'setup.start', {
    termsVersionId: result.data.termsVersionId,
    accepted: true,
    uiMode: 'hosted_page',
    ...more,
  });
}

/** Opens a hosted page for the signed-in shopper. @returns its session and where it comes back to */
async function openSession(page: Page, onfile: Constellation, of: { purpose?: string } = {}) {
  const started = (await (await startSetup(page, onfile, {}, of)).json()) as {
    result: { data: { url: string } };
  };
  const id = /cs_test_[A-Za-z0-9]+/.exec(started.result.data.url)?.[0] ?? '';
  const back = `${onfile.storefrontUrl}/account/payment-methods/return?session_id=${id}`;
  return { id, back };
}

/** Enters a card on Stripe's page, without a browser. */
async function enter(onfile: Constellation, sessionId: string, number: string): Promise<number> {
  const answer = await fetch(`${onfile.sandboxUrl}/v1/payment_pages/${sessionId}/confirm`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      authorization: `Bearer ${onfile.env['STRIPE_PUBLISHABLE_KEY'] ?? ''}`,
    },
    body: JSON.stringify({
      paymentMethod: {
        kind: 'card',
        card: { number, exp_month: 12, exp_year: 2034, cvc: '123' },
        name: 'Ada Lovelace',
      },
    }),
  });
  return answer.status;
}

story('somebody else’s session is no page of yours', async ({ page, browser, onfile }) => {
  await signUp(page, onfile);
  const { back } = await openSession(page, onfile);
  const other = await (await browser.newContext()).newPage();
  await signUp(other, onfile);
  expect((await other.goto(back))?.status()).toBe(404);
  await expect(other.getByRole('heading', { name: 'Not found' })).toBeVisible();
  await expectNoBarriers(other);
  await other.context().close();
});

story('an expired page offers a new link', async ({ page, onfile }) => {
  await signUp(page, onfile);
  const { id, back } = await openSession(page, onfile);
  await withRuntime(onfile, ({ stripe }) => stripe.checkout.sessions.expire(id));
  await page.goto(back);
  await expect(page.getByRole('heading', { name: 'This page has expired' })).toBeVisible();
  await expectNoBarriers(page);
  await page.getByRole('link', { name: 'Get a new link' }).click();
  await expect(page.getByRole('heading', { name: 'What you agree to' })).toBeVisible();
});

story('a new link is for what the expired page was for', async ({ page, onfile }) => {
  await signUp(page, onfile);
  await withRuntime(onfile, (runtime) =>
    publishTermsIn(runtime, { purpose: 'balances', currency: 'usd' }),
  );
  const { id, back } = await openSession(page, onfile, { purpose: 'balances' });
  await withRuntime(onfile, ({ stripe }) => stripe.checkout.sessions.expire(id));
  await page.goto(back);
  await page.getByRole('link', { name: 'Get a new link' }).click();
  await page.waitForURL('**/account/payment-methods/add?purpose=balances');
  await expect(page.getByText('Fees that you agreed to when you booked.')).toBeVisible();
});

story('a declined card can be tried again on the same page', async ({ page, onfile }) => {
  await signUp(page, onfile);
  const { id, back } = await openSession(page, onfile);
  expect(await enter(onfile, id, '4000000000000002')).toBe(402);
  await page.goto(back);
  await expect(page.getByRole('heading', { name: 'It was not saved' })).toBeVisible();
  await expectNoBarriers(page);
  await page.getByRole('link', { name: 'Try again' }).click();
  await page.waitForURL(`${onfile.sandboxUrl}/**`);
});

story('what Stripe adds to the address is taken out before the page', async ({ page, onfile }) => {
  await signUp(page, onfile);
  const { back } = await openSession(page, onfile);
  await page.goto(`${back}&setup_intent_client_secret=seti_x_secret_y&redirect_status=succeeded`);
  expect(page.url()).toBe(back);
});

story(
  'while Stripe is silent the page waits, and then says it comes by itself',
  async ({ page, onfile }) => {
    await page.clock.install();
    await signUp(page, onfile);
    const { id, back } = await openSession(page, onfile);
    await onfile.control.pauseWebhooks(true);
    const silence = { method: 'GET', path: `/v1/checkout/sessions/${id}`, status: 503, times: 500 };
    await onfile.control.fault({ ...silence, action: 'status' });
    expect(await enter(onfile, id, '4242424242424242')).toBe(200);
    await page.goto(back);
    await expect(page.getByRole('heading', { name: 'Almost there' })).toBeVisible();
    await expectNoBarriers(page);
    await expect(async () => {
      await page.clock.fastForward(10_000);
      await expect(page.getByText('This takes longer than usual')).toBeVisible({ timeout: 300 });
    }).toPass();
    await expectNoBarriers(page);
    await onfile.control.clearFaults();
    await onfile.control.pauseWebhooks(false);
    await expect(async () => {
      await page.goto(`${onfile.storefrontUrl}/account/payment-methods`);
      await expect(page.getByText('ending in 4242')).toBeVisible({ timeout: 500 });
    }).toPass();
  },
);

story('a late webhook is not needed: the page finds out by itself', async ({ page, onfile }) => {
  await signUp(page, onfile);
  const { id, back } = await openSession(page, onfile);
  await onfile.control.pauseWebhooks(true);
  const silence = { method: 'GET', path: `/v1/checkout/sessions/${id}`, status: 503, times: 2 };
  await onfile.control.fault({ ...silence, action: 'status' });
  expect(await enter(onfile, id, '4242424242424242')).toBe(200);
  await page.goto(back);
  await expect(page.getByRole('heading', { name: '4242 is saved' })).toBeVisible();
  await onfile.control.clearFaults();
  await onfile.control.pauseWebhooks(false);
});

story('Stripe’s boxes of a payment are refused here by their names', async ({ page, onfile }) => {
  await signUp(page, onfile);
  for (const name of ['payment_method_save', 'payment_method_remove']) {
    const answer = await startSetup(page, onfile, { [name]: 'enabled' });
    expect(answer.status()).toBe(400);
    expect(await refusalOf(answer)).toMatchObject({
      code: 'payment_mode_only',
      field: name,
      sentence: expect.stringContaining(name),
    });
  }
});
