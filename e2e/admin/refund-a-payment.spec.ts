import type { Page } from '@playwright/test';
import type { Constellation } from '@onfile/dev-env/constellation.ts';
import { readMail } from '../fixtures/read-mail.ts';
import { addCardByEmbeddedPage, approvedCard, signUp } from '../fixtures/shopper.ts';
import {
  answerOf,
  fillInCharge,
  openCustomer,
  sendCharge,
  signInAsOwner,
} from '../fixtures/staff.ts';
import { expect, expectNoBarriers, story } from '../fixtures/story.ts';

/** A card whose refunds come back from the bank after a few seconds. */
const failingRefundCard = '4000000000005126';

/** A shopper pays 10.99, and the page of the payment is open for staff. */
async function openPaid(page: Page, onfile: Constellation, card: string): Promise<string> {
  const { email } = await signUp(page, onfile);
  await addCardByEmbeddedPage(page, onfile, card);
  await signInAsOwner(page, onfile);
  await openCustomer(page, onfile, email);
  await fillInCharge(page, { card, amount: '10.99', reason: 'Deposit for Saturday' });
  await sendCharge(page);
  await expect(answerOf(page)).toContainText('Succeeded');
  await page.getByRole('link', { name: 'Open the payment' }).click();
  await expect(page.getByRole('heading', { name: 'Refunds' })).toBeVisible();
  return email;
}

async function refund(page: Page, entry: { amount?: string; note: string }): Promise<void> {
  await page.getByRole('button', { name: 'Refund', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Refund this payment' });
  if (entry.amount) await dialog.getByLabel('Amount').fill(entry.amount);
  await dialog.getByLabel('Note').fill(entry.note);
  await dialog.getByRole('button', { name: 'Refund now' }).click();
}

story(
  'a payment is refunded in part, then in full, and its shopper sees both',
  async ({ page, onfile }) => {
    const email = await openPaid(page, onfile, approvedCard);
    await page.getByRole('button', { name: 'Refund', exact: true }).click();
    const dialog = page.getByRole('dialog', { name: 'Refund this payment' });
    await expect(dialog.getByLabel('Amount')).toHaveValue('10.99');
    await expectNoBarriers(page);
    await dialog.getByLabel('Amount').fill('11.00');
    await dialog.getByLabel('Note').fill('The room was not ready');
    await dialog.getByRole('button', { name: 'Refund now' }).click();
    await expect(dialog.getByLabel('Amount')).toHaveAccessibleDescription(
      'Amount: $10.99 is left to refund.',
    );
    await dialog.getByLabel('Amount').fill('4.00');
    await dialog.getByRole('button', { name: 'Refund now' }).dblclick();
    await expect(dialog).toBeHidden();
    await expect(page.getByText('$6.99 can still be refunded.')).toBeVisible();
    const list = page.getByRole('list', { name: 'Refunds of this payment' });
    await expect(list.getByRole('listitem')).toHaveCount(1);
    await expectNoBarriers(page);

    await refund(page, { note: 'The rest as well' });
    await expect(page.getByText('Everything is given back.')).toBeVisible();
    await expect(page.getByRole('button', { name: 'Refund', exact: true })).toBeHidden();
    await expect(list.getByRole('listitem')).toHaveCount(2);
    expect(await readMail(onfile, 'refunded', email)).toMatchObject({ amount: '$6.99' });

    await page.goto(`${onfile.storefrontUrl}/account/payments`);
    const refunds = page.getByRole('list', { name: 'Refunds' });
    await expect(refunds).toContainText('$4.00 was refunded');
    await expect(refunds).toContainText('The room was not ready');
    await expectNoBarriers(page);
  },
);

story('a refund that comes back is owed until staff settle it', async ({ page, onfile }) => {
  await openPaid(page, onfile, failingRefundCard);
  const { pathname } = new URL(page.url());
  await refund(page, { amount: '5.00', note: 'The tour was short' });
  await expect(page.getByText('$5.00 is given back or on its way.')).toBeVisible();
  await expect(async () => {
    await page.reload();
    await expect(page.getByText('still owes the shopper')).toBeVisible({ timeout: 1_000 });
  }).toPass({ timeout: 30_000 });
  await expectNoBarriers(page);

  await page.goto(`${onfile.storefrontUrl}/account/payments`);
  await expect(page.getByText('still owes it to you')).toBeVisible();

  await page.goto(onfile.adminUrl);
  const owed = page.getByRole('list', { name: 'Refunds that came back' });
  await expect(owed.getByRole('link', { name: '$5.00' }).first()).toBeVisible();
  await expectNoBarriers(page);

  await page.goto(`${onfile.adminUrl}${pathname}`);
  await page.getByRole('button', { name: 'Settled otherwise: $5.00' }).click();
  const dialog = page.getByRole('dialog', { name: 'How was $5.00 given back?' });
  await dialog.getByRole('button', { name: 'It is settled' }).click();
  await expect(dialog.getByText('Note: say why, in a few words.')).toBeVisible();
  await expectNoBarriers(page);
  await dialog.getByLabel('In which way').fill('By bank transfer');
  await dialog.getByRole('button', { name: 'It is settled' }).click();
  await expect(page.getByText('Given back in another way: By bank transfer')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Refund again: $5.00' })).toBeHidden();
});
