import { openStripesForm, orderProduct } from '../fixtures/order.ts';
import { signUp } from '../fixtures/shopper.ts';
import { expect, expectNoBarriers, story } from '../fixtures/story.ts';

story('an order in euros is paid by SEPA debit, days later', async ({ page, onfile }) => {
  await signUp(page, onfile);
  const orderId = await orderProduct(page, onfile, 'Coffee for a month');
  const form = await openStripesForm(page);
  await form.getByRole('radio', { name: 'SEPA Direct Debit' }).check();
  await form.getByLabel('IBAN').fill('AT611904300234573201');
  await form.getByLabel('Name on account').fill('Ada Lovelace');
  await form.getByRole('button', { name: /^Pay €48.00/ }).click();
  await page.waitForURL('**/orders/*/return**');
  await expect(page.getByRole('heading', { name: /is being paid$/ })).toBeVisible();
  await expectNoBarriers(page);
  await page.goto(`${onfile.storefrontUrl}/checkout/${orderId}`);
  await page.waitForURL(`**/orders/${orderId}`);
  await expect(page.getByText('Your bank is moving the money')).toBeVisible();
  await expectNoBarriers(page);
  await onfile.control.advanceClock(60);
  await expect(async () => {
    await page.reload();
    await expect(page.getByText('Your bank is moving the money')).toBeHidden({ timeout: 500 });
  }).toPass();
  await expect(page.getByRole('listitem').filter({ hasText: 'Whole amount' })).toContainText(
    'Paid',
  );
});
