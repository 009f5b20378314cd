import { scheduleForShopper } from '@onfile/dev-env/schedule-for-shopper.ts';
import { fillInCard } from '../fixtures/order.ts';
import { addCardByEmbeddedPage, approvedCard, savedCard, signUp } from '../fixtures/shopper.ts';
import { expect, expectNoBarriers, story } from '../fixtures/story.ts';

const otherCard = '5555555555554444';

story('a card is removed, and another takes over what depended on it', async ({ page, onfile }) => {
  const { email } = await signUp(page, onfile);
  await addCardByEmbeddedPage(page, onfile, approvedCard);
  await scheduleForShopper(onfile, email);
  await addCardByEmbeddedPage(page, onfile, otherCard);
  await expect(savedCard(page, approvedCard)).toContainText('Default');
  await expect(savedCard(page, approvedCard)).toContainText(/Used by: Boat trip .* \$45\.00/);
  const notices = page.getByRole('region', { name: 'What comes next' });
  await expect(notices).toContainText(
    /\$45\.00 for Boat trip .* is charged to Visa ending in 4242/,
  );
  await expectNoBarriers(page);

  await page.getByRole('button', { name: /^Remove Visa/ }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText('$45.00 for Boat trip (K7MQ-92TX)');
  await expect(dialog).toContainText('Your agreement of');
  await expect(dialog.getByRole('radio', { checked: true })).toHaveCount(0);
  await expectNoBarriers(page);
  await dialog.getByRole('button', { name: 'Remove it' }).click();
  await expect(dialog.getByText('Choose what takes its place.')).toBeVisible();
  await dialog.getByRole('radio', { name: /Mastercard ending in 4444/ }).check();
  await dialog.getByRole('button', { name: 'Remove it' }).click();

  await expect(page.getByText('Visa ending in 4242 is removed')).toBeVisible();
  await expect(page.getByRole('button', { name: /^Remove Visa/ })).toHaveCount(0);
  await expect(savedCard(page, otherCard)).toContainText('Default');
  await expect(savedCard(page, otherCard)).toContainText('Used by: Boat trip');
  await expectNoBarriers(page);
});

story('removed without a replacement, its payment waits for a method', async ({ page, onfile }) => {
  const { email } = await signUp(page, onfile);
  await addCardByEmbeddedPage(page, onfile, approvedCard);
  await scheduleForShopper(onfile, email);
  await page.reload();
  await page.getByRole('button', { name: /^Remove Visa/ }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText('These payments wait, and we mail you.');
  await dialog.getByRole('button', { name: 'Keep it' }).click();
  await expect(savedCard(page, approvedCard)).toBeVisible();
  await page.getByRole('button', { name: /^Remove Visa/ }).click();
  await dialog.getByRole('button', { name: 'Remove it' }).click();
  await expect(page.getByRole('heading', { name: 'No payment method saved yet' })).toBeVisible();
});

story('a card gets a name, a new expiry date and an address', async ({ page, onfile }) => {
  await signUp(page, onfile);
  await addCardByEmbeddedPage(page, onfile, approvedCard);

  await page.getByRole('button', { name: /^Rename/ }).click();
  await page.getByLabel('Your name for it').fill('<b>Work</b> card');
  await expectNoBarriers(page);
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('heading', { name: '<b>Work</b> card' })).toBeVisible();

  await page.getByRole('button', { name: /^Edit/ }).click();
  await page.getByLabel('Month').selectOption('1');
  await page.getByLabel('Year').selectOption(String(new Date().getFullYear()));
  await expectNoBarriers(page);
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText(/write a month and a year that are still to come/)).toBeVisible();
  await page.getByLabel('Year').selectOption(String(new Date().getFullYear() + 5));
  await page.getByLabel('City').fill('London');
  await page.getByLabel('Country').selectOption({ label: 'United Kingdom' });
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('The details of Visa ending in 4242 are saved.')).toBeVisible();
  await expect(page.getByText(`Expires 01/${String(new Date().getFullYear() + 5)}`)).toBeVisible();
  await page.getByRole('button', { name: /^Edit/ }).click();
  await expect(page.getByLabel('City')).toHaveValue('London');
});

story('another card becomes the default and moves to the top', async ({ page, onfile }) => {
  await signUp(page, onfile);
  await addCardByEmbeddedPage(page, onfile, approvedCard);
  await addCardByEmbeddedPage(page, onfile, otherCard);
  await page.getByRole('button', { name: /^Make default: Mastercard/ }).click();
  await expect(page.getByText('Mastercard ending in 4444 is now offered first.')).toBeVisible();
  const methods = page.getByRole('list', { name: 'Saved payment methods' }).getByRole('listitem');
  await expect(methods.first()).toContainText('Mastercard ending in 4444');
  await expect(methods.first()).toContainText('Default');
});

story('what will be charged is paid before its day', async ({ page, onfile }) => {
  const { email } = await signUp(page, onfile);
  await addCardByEmbeddedPage(page, onfile, approvedCard);
  await scheduleForShopper(onfile, email);
  await page.reload();
  await page.getByRole('button', { name: /^Pay now or change the card/ }).click();
  await page.waitForURL('**/recover');
  await expectNoBarriers(page);
  await expect(page.getByText(/^It is charged to Visa ending in 4242 by itself on/)).toBeVisible();
  await page.getByRole('button', { name: 'Pay with another method' }).click();
  const form = page.frameLocator('[title="Secure payment form"]');
  await form.getByRole('radio', { name: 'Card' }).check();
  await fillInCard(form, otherCard);
  await form.getByRole('button', { name: 'Pay $45.00' }).click();
  await expect(page.getByRole('heading', { name: /paid/i })).toBeVisible();
  await expectNoBarriers(page);
  await page.goto(`${onfile.storefrontUrl}/account/payments`);
  await expect(page.getByRole('region', { name: 'What comes next' })).toHaveCount(0);
});
