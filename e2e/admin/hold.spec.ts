import { agreeToPlan, chooseProduct, fillInCard, openStripesForm } from '../fixtures/order.ts';
import { approvedCard, signUp } from '../fixtures/shopper.ts';
import { openCustomer, signInAsOwner } from '../fixtures/staff.ts';
import { expect, expectNoBarriers, story } from '../fixtures/story.ts';

story('an amount is held for a rented camera, and captured in part', async ({ page, onfile }) => {
  const { email } = await signUp(page, onfile);
  // Tomorrow's booking is held for two days before: at once, as soon as the card is kept.
  await chooseProduct(page, onfile, 'Camera for a day', 1);
  await page.waitForURL('**/checkout/**');
  await agreeToPlan(page);
  const form = await openStripesForm(page);
  await form.getByRole('radio', { name: 'Card' }).check();
  await fillInCard(form, approvedCard);
  await form.getByRole('button', { name: 'Save card' }).click();
  await expect(page.getByRole('heading', { name: /is booked$/ })).toBeVisible();

  await expect(async () => {
    await page.goto(`${onfile.storefrontUrl}/account/payments`);
    await expect(page.getByText(/^Held until .* at the latest$/)).toBeVisible({ timeout: 1_000 });
  }).toPass({ timeout: 20_000 });
  await expectNoBarriers(page);

  await signInAsOwner(page, onfile);
  await openCustomer(page, onfile, email);
  await page.getByRole('link', { name: '$250.00' }).click();
  await expect(page.getByText(/4 days and \d+ h left/)).toBeVisible();
  await expectNoBarriers(page);
  await page.getByRole('button', { name: 'Capture' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel(/^Amount to capture/).fill('300.00');
  await dialog.getByLabel('Reason').fill('A lens was scratched');
  await expectNoBarriers(page);
  await dialog.getByRole('button', { name: 'Capture' }).click();
  await expect(dialog.getByLabel(/^Amount to capture/)).toHaveAccessibleDescription(
    /\$250\.00 is held/,
  );
  await dialog.getByLabel(/^Amount to capture/).fill('80.50');
  await dialog.getByRole('button', { name: 'Capture' }).click();
  await expect(dialog).toHaveCount(0);
  await expect(page.getByText('Succeeded').first()).toBeVisible();
  await expectNoBarriers(page);

  await page.goto(`${onfile.storefrontUrl}/account/payments`);
  const line = page.getByRole('listitem').filter({ hasText: 'A lens was scratched' });
  await expect(line).toContainText('$80.50');
});
