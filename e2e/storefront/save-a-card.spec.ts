import { atStripe } from '../fixtures/at-stripe.ts';
import {
  addCardByEmbeddedPage,
  addCardByHostedPage,
  approvedCard,
  consentBox,
  savedCard,
  signUp,
} from '../fixtures/shopper.ts';
import { expect, expectNoBarriers, story } from '../fixtures/story.ts';

story('a shopper signs up and saves a card in the embedded page', async ({ page, onfile }) => {
  await page.goto(onfile.storefrontUrl);
  await expectNoBarriers(page);
  await page.goto(`${onfile.storefrontUrl}/sign-up`);
  await expectNoBarriers(page);
  await signUp(page, onfile);
  await expectNoBarriers(page);
  await addCardByEmbeddedPage(page, onfile, approvedCard);
  await expect(savedCard(page, approvedCard)).toContainText('Expires 12/2034');
  await expect(savedCard(page, approvedCard)).toContainText(
    'You agreed to charges of up to $500.00',
  );
  await expectNoBarriers(page);
});

story('a shopper saves a card on the hosted page', async ({ page, onfile }) => {
  await signUp(page, onfile);
  await addCardByHostedPage(page, onfile, approvedCard);
  await expect(savedCard(page, approvedCard)).toContainText(
    'You agreed to charges of up to $500.00',
  );
});

story('nothing goes on while the box is not ticked', async ({ page, onfile }) => {
  const { email } = await signUp(page, onfile);
  await page.goto(`${onfile.storefrontUrl}/account/payment-methods/add`);
  await expectNoBarriers(page);
  for (const name of ['Continue', "Use Stripe's page instead"]) {
    await page.getByRole('button', { name }).click();
    await expect(consentBox(page)).toHaveAccessibleDescription(/Tick the box/);
    await expect(consentBox(page)).toBeFocused();
  }
  await expectNoBarriers(page);
  expect(await atStripe(onfile, email, 'checkout.session')).toEqual([]);
});

story('a removed card is gone from the list and detached at Stripe', async ({ page, onfile }) => {
  const { email } = await signUp(page, onfile);
  await addCardByEmbeddedPage(page, onfile, approvedCard);
  const [saved, ...more] = await atStripe(onfile, email, 'payment_method');
  expect(more).toEqual([]);
  await page.getByRole('button', { name: 'Remove Visa ending in 4242' }).click();
  await expectNoBarriers(page);
  await page.getByRole('button', { name: 'Remove it' }).click();
  await expect(page.getByRole('heading', { name: 'No payment method saved yet' })).toBeVisible();
  const path = `/v1/payment_methods/${String(saved?.['id'])}/detach`;
  expect(await onfile.control.requests({ method: 'POST', path })).toMatchObject([{ status: 200 }]);
  expect(await atStripe(onfile, email, 'payment_method')).toEqual([]);
});

story('signed out, a shopper’s pages lead to the sign-in', async ({ page, onfile }) => {
  await page.goto(`${onfile.storefrontUrl}/account/payment-methods`);
  await expect(page).toHaveURL(/\/sign-in/);
  await expectNoBarriers(page);
});
