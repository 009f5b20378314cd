import type { Page } from '@playwright/test';
import type { Constellation } from '@onfile/dev-env/constellation.ts';
import { addCardByEmbeddedPage, signUp } from '../fixtures/shopper.ts';
import {
  answerOf,
  fillInCharge,
  openCustomer,
  sendCharge,
  signInAsOwner,
} from '../fixtures/staff.ts';
import { expect, expectNoBarriers, story } from '../fixtures/story.ts';

/** Its owner disputes every payment at once. */
const disputingCard = '4000000000000259';

/** A payment is disputed, and the page of the dispute is open for staff. */
async function openDisputed(page: Page, onfile: Constellation, amount: string): Promise<string> {
  const { email } = await signUp(page, onfile);
  await addCardByEmbeddedPage(page, onfile, disputingCard);
  await signInAsOwner(page, onfile);
  await openCustomer(page, onfile, email);
  await fillInCharge(page, { card: disputingCard, amount, reason: 'Boat trip on Saturday' });
  await sendCharge(page);
  await expect(answerOf(page)).toContainText('Succeeded');
  const due = page.getByRole('list', { name: 'Disputes to answer' });
  const line = due.getByRole('listitem').filter({ hasText: email });
  await expect(async () => {
    await page.goto(onfile.adminUrl);
    await expect(line).toBeVisible({ timeout: 1_000 });
  }).toPass({ timeout: 30_000 });
  await expect(line).toContainText('8 days left');
  await expectNoBarriers(page);
  await line.getByRole('link').click();
  await expect(page.getByRole('heading', { name: /^Dispute about/, level: 1 })).toBeVisible();
  return email;
}

story('a dispute is answered with what is on record, once', async ({ page, onfile }) => {
  const email = await openDisputed(page, onfile, '14.50');
  await expect(page.getByLabel("Customer's e-mail address")).toHaveValue(email);
  await expect(page.getByLabel('Anything else')).toHaveValue(/SHA-256/);
  await expect(page.getByText('Agreement or contract').first()).toBeVisible();
  await expectNoBarriers(page);

  await page.getByLabel('What was sold').fill('A boat trip for two on the lake.');
  await page.getByLabel('File', { exact: true }).setInputFiles({
    name: 'boarding list.pdf',
    mimeType: 'application/pdf',
    buffer: Buffer.from('%PDF-1.4 the list'),
  });
  await page.getByRole('button', { name: 'Add file' }).click();
  await expect(page.getByText('boarding list.pdf')).toBeVisible();
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByText('Nothing has gone to the bank.')).toBeVisible();
  await page.reload();
  await expect(page.getByLabel('What was sold')).toHaveValue('A boat trip for two on the lake.');

  await page.getByRole('button', { name: 'Submit to the bank' }).click();
  const dialog = page.getByRole('dialog', { name: 'Submit this evidence?' });
  await expectNoBarriers(page);
  await dialog.getByRole('button', { name: 'Submit once and for all' }).dblclick();
  await expect(dialog).toBeHidden();
  await expect(page.getByText('Your answer was submitted.')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Submit to the bank' })).toBeHidden();
  await expect(page.getByText('A boat trip for two on the lake.')).toBeVisible();
  await expectNoBarriers(page);
});

story('a disputed card is not charged until staff allow it again', async ({ page, onfile }) => {
  const email = await openDisputed(page, onfile, '15.50');
  const dispute = page.url();
  const charge = async () => {
    await openCustomer(page, onfile, email);
    await fillInCharge(page, { card: disputingCard, amount: '3.00', reason: 'Late fee' });
    await sendCharge(page);
  };
  await charge();
  await expect(page.getByLabel('Payment method')).toHaveAccessibleDescription(
    /a payment with it is disputed/,
  );
  await page.goto(dispute);
  await page.getByRole('button', { name: 'Allow charges again' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Allow charges again' }).click();
  await expect(page.getByText('is not charged')).toBeHidden();
  await charge();
  await expect(answerOf(page)).toContainText('Succeeded');
});

story('a dispute is accepted: then the shopper keeps the money', async ({ page, onfile }) => {
  await openDisputed(page, onfile, '16.50');
  await page.getByRole('button', { name: 'Accept the dispute' }).click();
  const dialog = page.getByRole('dialog', { name: 'Accept this dispute?' });
  await expect(dialog).toContainText('The shopper keeps $16.50');
  await dialog.getByRole('button', { name: 'Accept the dispute' }).click();
  await expect(page.getByText('The shopper keeps the money.')).toBeVisible();
  await page.goto(`${onfile.adminUrl}/disputes?show=closed`);
  await expect(page.getByRole('link', { name: '$16.50' })).toBeVisible();
  await expectNoBarriers(page);
});
