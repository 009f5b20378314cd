import { bankDialog, paymentElement, typeCard } from '../fixtures/elements.ts';
import {
  agreeToPlan,
  expectPaid,
  fillInCard,
  orderProduct,
  submitCard,
} from '../fixtures/order.ts';
import { approvedCard, authenticatingCard, consentBox, signUp } from '../fixtures/shopper.ts';
import { expect, expectNoBarriers, story } from '../fixtures/story.ts';

story('an order is paid in the embedded page', async ({ page, onfile }) => {
  await signUp(page, onfile);
  await orderProduct(page, onfile, 'Signed print');
  await expect(page.getByText('Due now')).toBeVisible();
  await expectNoBarriers(page);
  await submitCard(page, 'Pay $35.00');
  await expectPaid(page);
  await page.getByRole('link', { name: 'To your order' }).click();
  await expect(page.getByText('Whole amount')).toBeVisible();
  await expectNoBarriers(page);
  await page.getByRole('link', { name: 'Orders' }).first().click();
  await expect(page.getByRole('link', { name: 'Signed print' })).toBeVisible();
  await expectNoBarriers(page);
});

story('an order is paid on the page that Stripe hosts', async ({ page, onfile }) => {
  await signUp(page, onfile);
  const orderId = await orderProduct(page, onfile, 'Signed print', 'hosted_page');
  await page.getByRole('button', { name: 'Continue on Stripe' }).click();
  await page.waitForURL(`${onfile.sandboxUrl}/**`);
  // The back button leads to an order that is kept, and to a new page.
  await page.goto(`${onfile.storefrontUrl}/orders/${orderId}`);
  await expect(page.getByText('This order is not paid yet.')).toBeVisible();
  await expectNoBarriers(page);
  await page.getByRole('link', { name: 'Pay now' }).click();
  await page.getByRole('button', { name: "Use Stripe's page instead" }).click();
  await page.waitForURL(`${onfile.sandboxUrl}/**`);
  await page.getByRole('radio', { name: 'Card' }).check();
  await fillInCard(page, approvedCard);
  await page.getByRole('button', { name: 'Pay $35.00' }).click();
  await expectPaid(page);
});

story('a deposit is paid in our own form, after the bank’s step', async ({ page, onfile }) => {
  await signUp(page, onfile);
  await orderProduct(page, onfile, 'Cabin by the lake', 'elements');
  await expect(page.getByText(/^Charged on/)).toBeVisible();
  await page.getByRole('button', { name: 'Continue to payment' }).click();
  await expect(consentBox(page)).toHaveAccessibleDescription(/Tick the box/);
  await expectNoBarriers(page);
  await agreeToPlan(page);
  await page.getByRole('button', { name: 'Continue to payment' }).click();
  await typeCard(paymentElement(page), authenticatingCard);
  await page.getByRole('button', { name: 'Pay $96.00' }).click();
  await bankDialog(page).getByRole('button', { name: 'Complete authentication' }).click();
  await expectPaid(page);
  await page.getByRole('link', { name: 'To your order' }).click();
  await expect(page.getByRole('listitem').filter({ hasText: 'Balance' })).toContainText('3184');
  await expectNoBarriers(page);
});

story('an order is paid by a PaymentIntent, and the card kept', async ({ page, onfile }) => {
  await signUp(page, onfile);
  await orderProduct(page, onfile, 'Signed print', 'payment_intent');
  const keep = page.getByRole('checkbox', { name: /^Keep this payment method/ });
  await expect(keep).not.toBeChecked();
  await keep.check();
  await page.getByRole('button', { name: 'Continue to payment' }).click();
  await typeCard(paymentElement(page), '4000000000000002');
  await page.getByRole('button', { name: 'Pay now' }).click();
  await expect(page.getByRole('alert')).toContainText('Your bank declined the payment');
  await expectNoBarriers(page);
  await typeCard(paymentElement(page), approvedCard);
  await page.getByRole('button', { name: 'Pay now' }).click();
  await expectPaid(page);
  await page.goto(`${onfile.storefrontUrl}/account/payment-methods`);
  await expect(page.getByRole('listitem').filter({ hasText: '4242' })).toBeVisible();
});

story('a booking keeps a card and charges nothing', async ({ page, onfile }) => {
  await signUp(page, onfile);
  await orderProduct(page, onfile, 'Massage, one hour');
  await expect(page.getByText('Nothing is charged now')).toBeVisible();
  await expectNoBarriers(page);
  await agreeToPlan(page);
  await submitCard(page, 'Save card');
  await page.waitForURL('**/orders/*/return**');
  await expect(page.getByRole('heading', { name: /is booked$/ })).toBeVisible();
  await expectNoBarriers(page);
});
