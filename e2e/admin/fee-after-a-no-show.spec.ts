import type { Page } from '@playwright/test';
import type { Constellation } from '@onfile/dev-env/constellation.ts';
import { agreeToPlan, orderProduct, submitCard } from '../fixtures/order.ts';
import { passTheDay } from '@onfile/dev-env/pass-the-day.ts';
import { signUp } from '../fixtures/shopper.ts';
import { signInAsOwner } from '../fixtures/staff.ts';
import { expect, expectNoBarriers, story } from '../fixtures/story.ts';

/** A massage is booked for a day in two months, and a card is kept for it. */
async function book(page: Page, onfile: Constellation): Promise<string> {
  await signUp(page, onfile);
  const orderId = await orderProduct(page, onfile, 'Massage, one hour');
  await agreeToPlan(page);
  await submitCard(page, 'Save card');
  await expect(page.getByRole('heading', { name: /is booked$/ })).toBeVisible();
  return orderId;
}

story('nobody comes, and the fee that was agreed to is charged', async ({ page, onfile }) => {
  const orderId = await book(page, onfile);
  await passTheDay(onfile, orderId);

  await signInAsOwner(page, onfile);
  await page.goto(`${onfile.adminUrl}/orders/${orderId}`);
  await page.getByRole('button', { name: 'Charge the no-show fee' }).click();
  await expectNoBarriers(page);
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText('$45.00');
  await dialog.getByRole('button', { name: 'Charge the no-show fee' }).click();
  await expect(dialog).toHaveCount(0);
  await expect(page.getByText('Done. How it stands is below.')).toBeVisible();
  const fee = page.getByRole('listitem').filter({ hasText: 'No-show: Massage' });
  await expect(fee).toContainText('Succeeded');
  await expect(page.getByRole('button', { name: 'Charge the no-show fee' })).toHaveCount(0);

  await page.getByRole('button', { name: 'Charge a damage' }).click();
  await dialog.getByLabel('Amount (USD)').fill('9000');
  await dialog.getByLabel('What was damaged').fill('a torn sheet');
  await expectNoBarriers(page);
  await dialog.getByRole('button', { name: 'Charge a damage' }).click();
  await expect(dialog.getByLabel('Amount (USD)')).toHaveAccessibleDescription(/\$455\.00/);
  await dialog.getByLabel('Amount (USD)').fill('20');
  await dialog.getByRole('button', { name: 'Charge a damage' }).click();
  await expect(page.getByRole('listitem').filter({ hasText: 'a torn sheet' })).toContainText('$20');
  await expectNoBarriers(page);

  await page.goto(`${onfile.storefrontUrl}/orders/${orderId}`);
  await expect(page.getByText(/^No-show: Massage, one hour/)).toBeVisible();
  await expect(page.getByText(/^Damage: a torn sheet/)).toBeVisible();
  await expectNoBarriers(page);
});

story('a shopper cancels a booking in time, for nothing', async ({ page, onfile }) => {
  const orderId = await book(page, onfile);
  await page.goto(`${onfile.storefrontUrl}/orders/${orderId}`);
  await expect(page.getByText(/^Canceling is free until .* \$45\.00 is charged/)).toBeVisible();
  await expectNoBarriers(page);
  await page.getByRole('button', { name: 'Cancel the booking' }).click();
  const dialog = page.getByRole('dialog', { name: 'Cancel for free?' });
  await expectNoBarriers(page);
  await dialog.getByRole('button', { name: 'Cancel the booking' }).click();
  await expect(page.getByText('This order was canceled. Nothing is owed for it.')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Cancel the booking' })).toHaveCount(0);
  await expectNoBarriers(page);
});
