import { expect, test } from 'vitest';
import { bank, enterCard } from './fill-checkout.ts';
import { usePages } from './open-pages.ts';

const pages = usePages();

async function openPortal(...cards: string[]): Promise<string> {
  const { stripe } = pages;
  const { id: customer } = await stripe.customers.create({ email: 'ada@example.com' });
  for (const card of cards) await stripe.paymentMethods.attach(card, { customer });
  const { url } = await stripe.billingPortal.sessions.create({
    customer,
    return_url: `${pages.host.url}/return`,
  });
  await pages.page.goto(url);
  return customer;
}

const cardsOf = async (customer: string) =>
  (await pages.stripe.customers.listPaymentMethods(customer)).data.map(({ card }) => card?.last4);

test('the portal removes a saved card after asking, and says so', async () => {
  const customer = await openPortal('pm_card_visa', 'pm_card_mastercard');
  const { page } = pages;
  expect(await pages.violations()).toEqual([]);
  await page.getByRole('button', { name: 'Make default: Visa ending in 4242' }).click();
  await page.getByRole('status').getByText('Visa ending in 4242 is the default now.').waitFor();
  await page.getByRole('button', { name: 'Remove Mastercard ending in 4444' }).click();
  expect(await page.locator(':focus').textContent()).toBe('Keep');
  await page.getByRole('button', { name: 'Yes, remove' }).click();
  await page.getByRole('status').getByText('Mastercard ending in 4444 was removed.').waitFor();
  expect(await cardsOf(customer)).toEqual(['4242']);
  expect((await pages.stripe.customers.retrieve(customer)).deleted).toBeUndefined();
});

test('the portal adds a card, through 3D Secure where the bank asks for it', async () => {
  const customer = await openPortal();
  const { page } = pages;
  await page.getByText('No payment method is saved.').waitFor();
  await enterCard(page, '4000002500003155');
  await page.getByRole('button', { name: 'Add card' }).click();
  await bank(page).getByRole('button', { name: 'Complete authentication' }).click();
  await page.getByText('Visa ending in 3155').first().waitFor();
  expect(await cardsOf(customer)).toEqual(['3155']);
});

test('the portal shows a decline at its form, and an old address opens nothing', async () => {
  await openPortal();
  const { page } = pages;
  await enterCard(page, '4000000000000002');
  await page.getByRole('button', { name: 'Add card' }).click();
  await page.getByRole('alert').getByText('Your card was declined.').waitFor();
  pages.expectComplaint(/404 \(Not Found\)/);
  await page.goto(`${pages.sandbox.url}/p/session/test_unknown`);
  await page.getByRole('heading', { name: 'This link has expired' }).waitFor();
  expect(await pages.violations()).toEqual([]);
});
