import type { Page } from '@playwright/test';
import type { Constellation } from '@onfile/dev-env/constellation.ts';
import { bankDialog } from '../fixtures/elements.ts';
import { expectPaid, fillInCard, openStripesForm, orderProduct } from '../fixtures/order.ts';
import { authenticatingCard, signUp } from '../fixtures/shopper.ts';
import { expect, expectNoBarriers, story } from '../fixtures/story.ts';

/** Pays a first order, and ticks the box by which the card is kept and shown again. */
async function payAndKeep(page: Page, onfile: Constellation, card: string): Promise<void> {
  await orderProduct(page, onfile, 'Signed print');
  const form = await openStripesForm(page);
  await form.getByRole('radio', { name: 'Card' }).check();
  await fillInCard(form, card);
  const box = form.getByLabel('Save payment details');
  await expect(box).not.toBeChecked();
  await box.check();
  await form.getByRole('button', { name: 'Pay $35.00' }).click();
  if (card === authenticatingCard) {
    const bank = form.frameLocator('[title="3D Secure authentication"]');
    await bank.getByRole('button', { name: 'Complete authentication' }).click();
  }
  await expectPaid(page);
}

story(
  'a card on file pays, after a step that failed and one that went well',
  async ({ page, onfile }) => {
    await signUp(page, onfile);
    await payAndKeep(page, onfile, authenticatingCard);
    await orderProduct(page, onfile, 'Signed print');
    await expect(page.getByText('You agreed to see these cards again at checkout.')).toBeVisible();
    await expectNoBarriers(page);
    await page.getByRole('button', { name: 'Pay $35.00' }).click();
    await bankDialog(page).getByRole('button', { name: 'Fail authentication' }).click();
    await expect(page.getByRole('alert')).toContainText(
      'Your bank wanted to confirm that it is you',
    );
    await expectNoBarriers(page);
    await page.getByRole('button', { name: 'Pay $35.00' }).click();
    await bankDialog(page).getByRole('button', { name: 'Complete authentication' }).click();
    await expectPaid(page);
  },
);

story(
  'a page that was left in the middle of the bank’s step is gone on with',
  async ({ page, onfile }) => {
    await signUp(page, onfile);
    await payAndKeep(page, onfile, authenticatingCard);
    const orderId = await orderProduct(page, onfile, 'Signed print');
    await page.getByRole('button', { name: 'Pay $35.00' }).click();
    await expect(
      bankDialog(page).getByRole('button', { name: 'Fail authentication' }),
    ).toBeVisible();
    await page.goto(`${onfile.storefrontUrl}/orders/${orderId}/return`);
    await expect(page.getByRole('heading', { name: /one more step/ })).toBeVisible();
    await expectNoBarriers(page);
    await page.getByRole('link', { name: 'Go on with the bank' }).click();
    await page.getByRole('button', { name: 'Go on with the bank' }).click();
    await bankDialog(page).getByRole('button', { name: 'Complete authentication' }).click();
    await expectPaid(page);
  },
);
