import { agreeToPlan, expectPaid, orderProduct, submitCard } from '../fixtures/order.ts';
import { scheduleForShopper } from '@onfile/dev-env/schedule-for-shopper.ts';
import { addCardByEmbeddedPage, approvedCard, savedCard, signUp } from '../fixtures/shopper.ts';
import { signInAsOwner } from '../fixtures/staff.ts';
import { expect, expectNoBarriers, story } from '../fixtures/story.ts';

story(
  'an agreement is withdrawn: what waits is named, both sides are told',
  async ({ page, onfile }) => {
    const { email } = await signUp(page, onfile);
    await addCardByEmbeddedPage(page, onfile, approvedCard);
    await scheduleForShopper(onfile, email);
    await page.getByRole('link', { name: 'Agreements', exact: true }).click();
    const agreement = page.getByRole('list', { name: 'Agreements' }).getByRole('listitem').first();
    await expect(agreement).toContainText('In force');
    await expect(agreement).toContainText('$500.00');
    await expect(agreement).toContainText('Boat trip (K7MQ-92TX)');
    await page.getByText(/What you agreed to \(version \d+\)/).click();
    await expect(page.getByRole('heading', { name: 'How to cancel' })).toBeVisible();
    await page.getByText('How you agreed').click();
    await expectNoBarriers(page);

    await page.getByRole('button', { name: /^Withdraw the agreement/ }).click();
    const dialog = page.getByRole('dialog');
    await expect(dialog).toContainText('These wait for a new agreement from you.');
    await expect(dialog).toContainText('$45.00 for Boat trip (K7MQ-92TX)');
    await expectNoBarriers(page);
    await dialog.getByRole('button', { name: 'Withdraw it' }).click();

    await expect(agreement).toContainText('Withdrawn on');
    await expect(page.getByRole('button', { name: /^Withdraw/ })).toHaveCount(0);
    await expectNoBarriers(page);
    await page.getByRole('link', { name: 'Payment methods' }).click();
    await expect(page.getByRole('heading', { name: 'Payment methods', level: 1 })).toBeVisible();
    await expect(savedCard(page, approvedCard)).toContainText('No agreement covers it');

    await signInAsOwner(page, onfile);
    await page.getByRole('link', { name: 'Mail', exact: true }).click();
    await expect(page.getByText(`${email} withdrew an agreement`)).toBeVisible();
    await expectNoBarriers(page);
    await page
      .getByRole('link', { name: /^You withdrew an agreement/ })
      .first()
      .click();
    await expect(page.getByText('From now on nothing new is charged')).toBeVisible();
    await expectNoBarriers(page);
  },
);

story('a balance whose agreement was withdrawn is agreed to anew', async ({ page, onfile }) => {
  await signUp(page, onfile);
  const orderId = await orderProduct(page, onfile, 'Cabin by the lake');
  await agreeToPlan(page);
  await submitCard(page, 'Pay $96.00');
  await expectPaid(page);
  await page.goto(`${onfile.storefrontUrl}/account/agreements`);
  await page.getByRole('button', { name: /^Withdraw the agreement/ }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Withdraw it' }).click();
  await expect(page.getByRole('main')).toContainText('Withdrawn on');

  await page.goto(`${onfile.storefrontUrl}/orders/${orderId}`);
  await expect(page.getByText('Card needed')).toBeVisible();
  await expectNoBarriers(page);
  await page.getByRole('link', { name: 'Enter your card' }).click();
  await agreeToPlan(page);
  await expectNoBarriers(page);
  await submitCard(page, 'Save card', '5555555555554444');
  await page.waitForURL('**/orders/*/return**');
  await expect(page.getByRole('heading', { name: /is booked$/ })).toBeVisible();
  await page.goto(`${onfile.storefrontUrl}/orders/${orderId}`);
  await expect(page.getByText('Booked')).toBeVisible();
  await expect(page.getByRole('listitem').filter({ hasText: 'Balance' })).toContainText('4444');
  await expectNoBarriers(page);
});

story('another card is added to an agreement by its shopper', async ({ page, onfile }) => {
  await signUp(page, onfile);
  await addCardByEmbeddedPage(page, onfile, approvedCard);
  await addCardByEmbeddedPage(page, onfile, '5555555555554444');
  await page.getByRole('link', { name: 'Agreements', exact: true }).click();
  await page.getByRole('button', { name: 'Add another method' }).first().click();
  const dialog = page.getByRole('dialog');
  await expectNoBarriers(page);
  await dialog.getByRole('button', { name: 'Allow charges to it' }).click();
  await expect(dialog.getByText('Choose a payment method.')).toBeVisible();
  await dialog.getByRole('radio').first().check();
  await dialog.getByRole('button', { name: 'Allow charges to it' }).click();
  await expect(page.getByText('is added to the agreement.')).toBeVisible();
  await expect(page.getByText(/added by you on/)).toBeVisible();
});
