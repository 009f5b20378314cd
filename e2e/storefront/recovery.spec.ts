import type { Page } from '@playwright/test';
import type { Constellation } from '@onfile/dev-env/constellation.ts';
import { bankDialog, paymentElement, typeCard } from '../fixtures/elements.ts';
import {
  addCardByEmbeddedPage,
  approvedCard,
  authenticatingCard,
  declinedCard,
  signUp,
} from '../fixtures/shopper.ts';
import {
  answerOf,
  fillInCharge,
  openCustomer,
  sendCharge,
  signInAsOwner,
} from '../fixtures/staff.ts';
import { expect, expectNoBarriers, story } from '../fixtures/story.ts';

const fee = { amount: '45.00', reason: 'Damage to the boat' };

/** Staff charge a card that was saved, the bank says no, and they copy the link. */
async function failedCharge(
  page: Page,
  onfile: Constellation,
  card: string,
): Promise<{ url: string; email: string }> {
  const { email } = await signUp(page, onfile);
  await addCardByEmbeddedPage(page, onfile, card);
  await signInAsOwner(page, onfile);
  await openCustomer(page, onfile, email);
  await fillInCharge(page, { card, ...fee });
  await sendCharge(page);
  await expect(answerOf(page)).toBeVisible();
  await page.getByRole('link', { name: 'Open the payment' }).click();
  await expectNoBarriers(page);
  await page.getByRole('button', { name: 'Copy the link' }).click();
  const address = page.getByText(`${onfile.storefrontUrl}/recover/`);
  const url = (await address.textContent()) ?? '';
  await expectNoBarriers(page);
  return { url, email };
}

story(
  'a payment is confirmed with the bank by link, without a login',
  async ({ page, onfile, browser }) => {
    const { url } = await failedCharge(page, onfile, authenticatingCard);
    const elsewhere = await (await browser.newContext()).newPage();
    await elsewhere.goto(url);
    await expect(elsewhere).toHaveURL(`${onfile.storefrontUrl}/recover`);
    await expect(elsewhere.getByRole('heading', { name: '$45.00' })).toBeVisible();
    await expect(elsewhere.getByText(fee.reason)).toBeVisible();
    await expectNoBarriers(elsewhere);
    await elsewhere.getByRole('button', { name: 'Confirm with my bank' }).click();
    await bankDialog(elsewhere).getByRole('button', { name: 'Fail authentication' }).click();
    await expect(elsewhere.getByRole('alert')).toContainText('Your bank wanted to confirm');
    await elsewhere.getByRole('button', { name: 'Confirm with my bank' }).click();
    await bankDialog(elsewhere).getByRole('button', { name: 'Complete authentication' }).click();
    await expect(elsewhere.getByRole('heading', { name: 'Paid' })).toBeVisible();
    await expectNoBarriers(elsewhere);
    await elsewhere.context().close();
    await page.reload();
    await expect(page.getByText('Succeeded').first()).toBeVisible();
  },
);

story(
  'a declined card is replaced by another one, kept for what was agreed to',
  async ({ page, onfile }) => {
    const { url } = await failedCharge(page, onfile, declinedCard);
    await page.goto(url);
    await expect(page.getByRole('checkbox')).not.toBeChecked();
    await page.getByRole('checkbox', { name: /^Use the new method/ }).check();
    await expectNoBarriers(page);
    await page.getByRole('button', { name: 'Pay with another method' }).click();
    const frame = page.frameLocator('[title="Secure payment form"]');
    await typeCardDetails(frame, approvedCard);
    await frame.getByRole('button', { name: /^Pay/ }).click();
    await expect(page.getByRole('heading', { name: 'Paid' })).toBeVisible();
    await expect(page).toHaveURL(`${onfile.storefrontUrl}/recover`);
    await expectNoBarriers(page);
    await page.goto(`${onfile.storefrontUrl}/account/payment-methods`);
    await expect(page.getByRole('listitem').filter({ hasText: '4242' })).toContainText(
      'You agreed to charges',
    );
  },
);

async function typeCardDetails(
  form: ReturnType<Page['frameLocator']>,
  card: string,
): Promise<void> {
  await form.getByLabel('Card number').fill(card);
  await form.getByLabel('Expiration date').fill('1234');
  await form.getByLabel('Security code').fill('123');
  await form.getByLabel('Cardholder name').fill('Ada Lovelace');
  await form.getByLabel('Postal code').fill('94107');
}

story(
  'a card is entered for this payment only, from the list of payments',
  async ({ page, onfile }) => {
    await failedCharge(page, onfile, declinedCard);
    await page.goto(`${onfile.storefrontUrl}/account/payments`);
    await expectNoBarriers(page);
    await page.getByRole('button', { name: 'Pay now' }).click();
    await expect(page).toHaveURL(`${onfile.storefrontUrl}/recover`);
    await page.getByRole('button', { name: 'Enter a card for this payment only' }).click();
    await typeCard(paymentElement(page), '5555555555554444');
    await page.getByRole('button', { name: 'Pay now' }).click();
    await expect(page.getByRole('heading', { name: 'Paid' })).toBeVisible();
    await page.goto(`${onfile.storefrontUrl}/account/payment-methods`);
    await expect(page.getByText('ending in 0341')).toBeVisible();
    await expect(page.getByText('ending in 4444')).toHaveCount(0);
  },
);

story(
  'a revoked link and a wrong one say so, and no referrer leaves the page',
  async ({ page, onfile }) => {
    const { url } = await failedCharge(page, onfile, declinedCard);
    await page.getByRole('button', { name: 'Revoke it' }).click();
    await expect(page.getByText('The link no longer works.')).toBeVisible();
    const answer = await page.goto(url);
    expect(answer?.headers()['referrer-policy']).toBe('no-referrer');
    await expect(page.getByRole('heading', { name: 'This link no longer works' })).toBeVisible();
    await expectNoBarriers(page);
    await page.goto(`${onfile.storefrontUrl}/recover/not-a-token`);
    await expect(page.getByRole('heading', { name: 'This link leads nowhere' })).toBeVisible();
    await expectNoBarriers(page);
  },
);
