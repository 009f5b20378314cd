import type Stripe from 'stripe';
import { describe, expect, test } from 'vitest';
import { enterCard } from './fill-checkout.ts';
import { payFor, usePages } from './open-pages.ts';

const pages = usePages({ termsUrl: 'https://shop.example/terms' });

/** A hosted payment page of a customer whose two cards may be shown again. */
async function openWithCards(
  params: Stripe.Checkout.SessionCreateParams = {},
): Promise<{ customer: string; session: Stripe.Checkout.Session }> {
  const { stripe } = pages;
  const { id: customer } = await stripe.customers.create({ email: 'ada@example.com' });
  for (const card of ['pm_card_mastercard', 'pm_card_visa']) {
    const { id } = await stripe.paymentMethods.attach(card, { customer });
    await stripe.paymentMethods.update(id, { allow_redisplay: 'always' });
  }
  const session = await pages.openHosted({
    ...payFor(4200),
    customer,
    allowed_payment_method_types: ['card'],
    saved_payment_method_options: {
      payment_method_save: 'enabled',
      payment_method_remove: 'enabled',
    },
    ...params,
  });
  return { customer, session };
}

const radio = (name: RegExp) => pages.page.getByRole('radio', { name });
const pay = () => pages.page.getByRole('button', { name: 'Pay $42.00' }).click();
const cardsOf = async (customer: string) =>
  (await pages.stripe.customers.listPaymentMethods(customer)).data;

describe('a page with saved cards', () => {
  test('pays with the newest one by a single press', async () => {
    const { session } = await openWithCards();
    expect(await radio(/Visa ending in 4242/).isChecked()).toBe(true);
    expect(await pages.page.getByLabel('Card number').isVisible()).toBe(false);
    await pay();
    await pages.page.waitForURL(`${pages.host.url}/return?*`);
    const paid = await pages.stripe.checkout.sessions.retrieve(session.id);
    expect(paid.payment_status).toBe('paid');
  });

  test('removes one after asking, says so, and stands at what is left', async () => {
    const { customer } = await openWithCards();
    const { page } = pages;
    await page.getByRole('button', { name: 'Remove Visa ending in 4242' }).click();
    const question = page.getByRole('group', { name: 'Remove Visa ending in 4242?' });
    expect(await page.locator(':focus').textContent()).toBe('Keep');
    expect(await pages.violations()).toEqual([]);
    await page.keyboard.press('Escape');
    expect(await question.isVisible()).toBe(false);
    expect(await page.locator(':focus').getAttribute('aria-label')).toMatch(/^Remove Visa/);

    await page.getByRole('button', { name: 'Remove Visa ending in 4242' }).click();
    await question.getByRole('button', { name: 'Yes, remove' }).click();
    await page.getByRole('status').getByText('Visa ending in 4242 was removed.').waitFor();
    expect(await radio(/Visa ending in 4242/).count()).toBe(0);
    expect(await radio(/Mastercard ending in 4444/).isChecked()).toBe(true);
    expect((await cardsOf(customer)).map(({ card }) => card?.brand)).toEqual(['mastercard']);
  });

  test('takes a new one, and keeps it when the box is ticked', async () => {
    const { customer } = await openWithCards();
    const { page } = pages;
    const box = page.getByRole('checkbox', { name: /^Save payment details/ });
    expect(await box.isVisible()).toBe(false);
    await radio(/Use a different card/).check();
    await enterCard(page, '378282246310005');
    await page.getByLabel('Security code').fill('1234');
    await box.check();
    await pay();
    await page.waitForURL(`${pages.host.url}/return?*`);
    expect(await cardsOf(customer)).toHaveLength(3);
  });
});

describe("a page with the merchant's terms", () => {
  const terms: Stripe.Checkout.SessionCreateParams = {
    consent_collection: { terms_of_service: 'required' },
  };

  test('asks for the tick before anything is sent, at the box', async () => {
    const { session } = await openWithCards(terms);
    const { page } = pages;
    const box = page.getByRole('checkbox', { name: /^I agree to/ });
    await pay();
    expect(await page.locator(':focus').getAttribute('id')).toBe('terms');
    expect(await box.getAttribute('aria-invalid')).toBe('true');
    expect(await page.locator('#terms-message').textContent()).toBe(
      'Accept the terms to continue.',
    );
    expect(await pages.violations()).toEqual([]);
    await page.keyboard.press('Space');
    expect(await page.locator('#terms-message').isVisible()).toBe(false);
    await pay();
    await page.waitForURL(`${pages.host.url}/return?*`);
    const { consent } = await pages.stripe.checkout.sessions.retrieve(session.id);
    expect(consent?.terms_of_service).toBe('accepted');
  });

  test('shows their own words and links, and no markup of theirs', async () => {
    await openWithCards({
      ...terms,
      custom_text: {
        terms_of_service_acceptance: {
          message: 'I accept the [house rules](https://shop.example/rules).',
        },
        submit: { message: '<b>Bold</b> [press](javascript:alert(1))' },
      },
    });
    const { page } = pages;
    const link = page.getByRole('link', { name: /^house rules/ });
    expect(await link.getAttribute('href')).toBe('https://shop.example/rules');
    expect(await page.getByText('<b>Bold</b> [press](javascript:alert(1))').count()).toBe(1);
  });
});

test('a page on which nothing is due needs no payment method', async () => {
  const session = await pages.openHosted(payFor(0));
  expect(await pages.page.getByLabel('Card number').count()).toBe(0);
  await pages.page.getByRole('button', { name: 'Complete order' }).click();
  await pages.page.waitForURL(`${pages.host.url}/return?*`);
  const done = await pages.stripe.checkout.sessions.retrieve(session.id);
  expect(done.payment_status).toBe('no_payment_required');
});

describe('a page that cannot be paid any more', () => {
  test('of an expired session leads to a new one where the merchant allows it', async () => {
    const { session } = await openWithCards({
      after_expiration: { recovery: { enabled: true } },
      cancel_url: `${pages.host.url}/back`,
    });
    await pages.stripe.checkout.sessions.expire(session.id);
    await pages.page.reload();
    await pages.page.getByRole('heading', { name: 'This page has expired' }).waitFor();
    expect(await pages.violations()).toEqual([]);
    await pages.page.getByRole('link', { name: 'Start again' }).click();
    await pages.page.getByRole('button', { name: 'Pay $42.00' }).waitFor();
  });

  test('because it was paid in another tab says so instead of paying twice', async () => {
    const { session } = await openWithCards();
    const other = await pages.page.context().newPage();
    await other.goto(session.url ?? '');
    await other.getByRole('button', { name: 'Pay $42.00' }).click();
    await other.waitForURL(`${pages.host.url}/return?*`);
    // The browser reports the refusal's 400 in its console; that is what this story is about.
    pages.expectComplaint(/400 \(Bad Request\)/);
    await pay();
    await pages.page.getByRole('heading', { name: 'Your payment is complete' }).waitFor();
    expect(await pages.page.getByRole('link', { name: 'Continue' }).count()).toBe(1);
  });
});
