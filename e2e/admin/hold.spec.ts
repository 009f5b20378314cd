import { agreeToPlan, chooseProduct, submitCard } from '../fixtures/order.ts';
import { addCardByEmbeddedPage, approvedCard, signUp } from '../fixtures/shopper.ts';
import { fillInCharge, openCustomer, signInAsOwner } from '../fixtures/staff.ts';
import { expect, expectNoBarriers, story } from '../fixtures/story.ts';

story('an amount is held for a rented camera, and captured in part', async ({ page, onfile }) => {
  const { email } = await signUp(page, onfile);
  // Tomorrow's booking is held for two days before: at once, as soon as the card is kept.
  await chooseProduct(page, onfile, 'Camera for a day', 1);
  await page.waitForURL('**/checkout/**');
  await agreeToPlan(page);
  await submitCard(page, 'Save card');
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

story('staff hold an amount on a saved card, and choose its end', async ({ page, onfile }) => {
  const { email } = await signUp(page, onfile);
  await addCardByEmbeddedPage(page, onfile, approvedCard);
  await signInAsOwner(page, onfile);
  await page.goto(`${onfile.adminUrl}/holds`);
  await expectNoBarriers(page);
  await openCustomer(page, onfile, email);
  await fillInCharge(page, {
    card: approvedCard,
    amount: '120.00',
    reason: 'Bicycle, against damage',
  });
  await page
    .getByLabel('Charge or hold')
    .selectOption('Hold it; when its time ends: Capture all of it');
  await expectNoBarriers(page);
  await page.getByRole('button', { name: 'Hold', exact: true }).click();
  await expect(page.getByText(/^The bank lets it go on/)).toBeVisible();
  await expectNoBarriers(page);

  await page.goto(`${onfile.adminUrl}/holds`);
  const row = page.getByRole('listitem').filter({ hasText: 'Bicycle' });
  await expect(row).toContainText('Capture all of it');
  await expect(row).toContainText(/4 days and \d+ h left/);
  await expectNoBarriers(page);
  await page.getByRole('link', { name: 'Within 48 hours' }).click();
  await expect(row).toHaveCount(0);
  await page.getByRole('link', { name: 'All', exact: true }).click();
  await row.getByRole('link', { name: '$120.00' }).click();
  await page.getByLabel('When its time ends').selectOption('Hold it anew on the saved card');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByText('Saved.')).toBeVisible();
  await expect(page.getByText('What comes at the end of the hold was chosen')).toBeVisible();
  await expectNoBarriers(page);
});
