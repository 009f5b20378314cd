import { bankDialog, paymentElement, typeCard } from '../fixtures/elements.ts';
import {
  acceptTerms,
  approvedCard,
  authenticatingCard,
  expectSaved,
  savedCard,
  signUp,
} from '../fixtures/shopper.ts';
import { expect, expectNoBarriers, story } from '../fixtures/story.ts';
import type { Constellation } from '@onfile/dev-env/constellation.ts';
import { withRuntime } from '@onfile/dev-env/with-runtime.ts';
import type { Page } from '@playwright/test';

story.use({ settings: { ONFILE_CHECKOUT_WAY: 'elements' } });

/** Agrees, and waits for Stripe's fields. */
async function openForm(page: Page, onfile: Constellation): Promise<void> {
  await acceptTerms(page, onfile);
  await page.getByRole('button', { name: 'Continue' }).click();
  await expect(paymentElement(page).getByLabel('Card number')).toBeVisible();
}

const save = (page: Page) => page.getByRole('button', { name: 'Save payment method' }).click();

story('a card is saved in our own form, with Stripe’s fields in it', async ({ page, onfile }) => {
  await signUp(page, onfile);
  await openForm(page, onfile);
  await expectNoBarriers(page);
  await typeCard(paymentElement(page), approvedCard);
  await save(page);
  await expectSaved(page, onfile, approvedCard);
});

story('an incomplete entry is said, and pressing twice saves once', async ({ page, onfile }) => {
  await signUp(page, onfile);
  await openForm(page, onfile);
  await save(page);
  await expect(page.getByRole('alert')).toBeVisible();
  await expectNoBarriers(page);
  await typeCard(paymentElement(page), approvedCard);
  const button = page.getByRole('button', { name: 'Save payment method' });
  await button.dblclick();
  await expectSaved(page, onfile, approvedCard);
  await expect(savedCard(page, approvedCard)).toHaveCount(1);
});

story('3D Secure that is failed saves nothing, and completed saves', async ({ page, onfile }) => {
  await signUp(page, onfile);
  await openForm(page, onfile);
  await typeCard(paymentElement(page), authenticatingCard);
  await save(page);
  await bankDialog(page).getByRole('button', { name: 'Fail authentication' }).click();
  await expect(page.getByRole('alert')).toBeVisible();
  await expectNoBarriers(page);
  await save(page);
  await bankDialog(page).getByRole('button', { name: 'Complete authentication' }).click();
  await expectSaved(page, onfile, authenticatingCard);
});

story('a card that the bank declines can be replaced in place', async ({ page, onfile }) => {
  await signUp(page, onfile);
  await openForm(page, onfile);
  await typeCard(paymentElement(page), '4000000000000002');
  await save(page);
  await expect(page.getByRole('alert')).toContainText('declined');
  await typeCard(paymentElement(page), approvedCard);
  await save(page);
  await expectSaved(page, onfile, approvedCard);
});

story('a form that cannot be opened is opened by another try', async ({ page, onfile }) => {
  await signUp(page, onfile);
  await onfile.control.fault({
    method: 'POST',
    path: '/v1/checkout/sessions',
    action: 'reset_before',
    times: 2,
  });
  await acceptTerms(page, onfile);
  await page.getByRole('button', { name: 'Continue' }).click();
  await expect(page.getByRole('alert')).toBeVisible();
  await expectNoBarriers(page);
  await page.getByRole('button', { name: 'Try again' }).click();
  await typeCard(paymentElement(page), approvedCard);
  await save(page);
  await expectSaved(page, onfile, approvedCard);
});

story('a lost connection while saving leads on to what came of it', async ({ page, onfile }) => {
  await signUp(page, onfile);
  await openForm(page, onfile);
  await typeCard(paymentElement(page), approvedCard);
  await page.route('**/v1/payment_pages/*/confirm', async (route) => {
    // The work is done, and its answer is lost.
    await route.fetch();
    await route.abort('connectionreset');
  });
  await save(page);
  await page.waitForURL('**/account/payment-methods/return**');
  await expect(page.getByRole('heading', { name: /4242 is saved/ })).toBeVisible();
});

story('a form that was open for too long is replaced by a new one', async ({ page, onfile }) => {
  await signUp(page, onfile);
  await openForm(page, onfile);
  await typeCard(paymentElement(page), approvedCard);
  await withRuntime(onfile, async ({ stripe }) => {
    // All that are open: the newest of a list may be another story's, made in the same second.
    const open = await stripe.checkout.sessions.list({ status: 'open', limit: 100 });
    for (const { id } of open.data) await stripe.checkout.sessions.expire(id);
  });
  await save(page);
  await expect(page.getByRole('alert')).toContainText('has expired');
  await expectNoBarriers(page);
  await page.getByRole('button', { name: 'Try again' }).click();
  await typeCard(paymentElement(page), approvedCard);
  await save(page);
  await expectSaved(page, onfile, approvedCard);
});

story('Stripe’s own page stays the other way', async ({ page, onfile }) => {
  await signUp(page, onfile);
  await acceptTerms(page, onfile);
  await page.getByRole('button', { name: "Use Stripe's page instead" }).click();
  await page.waitForURL(`${onfile.sandboxUrl}/**`);
});
