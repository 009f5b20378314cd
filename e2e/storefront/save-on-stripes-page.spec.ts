import {
  acceptTerms,
  approvedCard,
  authenticatingCard,
  enterCard,
  expectSaved,
  signUp,
} from '../fixtures/shopper.ts';
import { expect, expectNoBarriers, story } from '../fixtures/story.ts';
import type { Constellation } from '@onfile/dev-env/constellation.ts';
import type { Page } from '@playwright/test';

story.use({ settings: { ONFILE_CHECKOUT_WAY: 'hosted_page', ONFILE_CUSTOMER_PORTAL: 'true' } });

async function goToStripe(page: Page, onfile: Constellation): Promise<void> {
  await acceptTerms(page, onfile);
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.waitForURL(`${onfile.sandboxUrl}/**`);
}

story('Continue leads to Stripe’s page where that is the shop’s way', async ({ page, onfile }) => {
  await signUp(page, onfile);
  await acceptTerms(page, onfile);
  await expectNoBarriers(page);
  await expect(page.getByRole('button', { name: "Use Stripe's page instead" })).toHaveCount(0);
  await goToStripe(page, onfile);
  await enterCard(page, approvedCard);
  await expectSaved(page, onfile, approvedCard);
});

story('3D Secure on Stripe’s page, failed first and then completed', async ({ page, onfile }) => {
  await signUp(page, onfile);
  await goToStripe(page, onfile);
  const bank = page.frameLocator('[title="3D Secure authentication"]');
  await page.getByLabel('Card number').fill(authenticatingCard);
  await page.getByLabel('Expiration date').fill('1234');
  await page.getByLabel('Security code').fill('123');
  await page.getByLabel('Cardholder name').fill('Ada Lovelace');
  await page.getByLabel('Postal code').fill('94107');
  await page.getByRole('button', { name: 'Save card' }).click();
  await bank.getByRole('button', { name: 'Fail authentication' }).click();
  await expect(page.getByRole('button', { name: 'Save card' })).toBeEnabled();
  await page.getByRole('button', { name: 'Save card' }).click();
  await bank.getByRole('button', { name: 'Complete authentication' }).click();
  await expectSaved(page, onfile, authenticatingCard);
});

story('back from Stripe’s page, Continue leads there again', async ({ page, onfile }) => {
  await signUp(page, onfile);
  await goToStripe(page, onfile);
  await page.goBack();
  await goToStripe(page, onfile);
  await enterCard(page, approvedCard);
  await expectSaved(page, onfile, approvedCard);
});

story('a page that was left is gone on with from the return page', async ({ page, onfile }) => {
  await signUp(page, onfile);
  await goToStripe(page, onfile);
  const session = /cs_test_[A-Za-z0-9]+/.exec(page.url())?.[0] ?? '';
  const back = `${onfile.storefrontUrl}/account/payment-methods/return?session_id=${session}`;
  await page.goto(back);
  await expect(page.getByRole('heading', { name: 'Not finished yet' })).toBeVisible();
  await expectNoBarriers(page);
  await page.getByRole('link', { name: 'Go on' }).click();
  await page.waitForURL(`${onfile.sandboxUrl}/**`);
  await enterCard(page, approvedCard);
  await expectSaved(page, onfile, approvedCard);
});

story('what is removed in Stripe’s portal is gone from the list', async ({ page, onfile }) => {
  await signUp(page, onfile);
  await goToStripe(page, onfile);
  await enterCard(page, approvedCard);
  await expectSaved(page, onfile, approvedCard);
  await expectNoBarriers(page);
  await page.getByRole('button', { name: "Open Stripe's page" }).click();
  await page.waitForURL(`${onfile.sandboxUrl}/p/session/**`);
  await page.getByRole('button', { name: /^Remove/ }).click();
  await page.locator('[data-act="detach"]').click();
  await expect(page.getByRole('button', { name: /^Remove/ })).toHaveCount(0);
  const list = `${onfile.storefrontUrl}/account/payment-methods`;
  await expect(async () => {
    await page.goto(list);
    const empty = page.getByRole('heading', { name: 'No payment method saved yet' });
    await expect(empty).toBeVisible({ timeout: 500 });
  }).toPass();
});
