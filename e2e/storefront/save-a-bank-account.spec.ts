import { acceptTerms, signUp } from '../fixtures/shopper.ts';
import { expect, expectNoBarriers, story } from '../fixtures/story.ts';
import type { Constellation } from '@onfile/dev-env/constellation.ts';
import { publishTermsIn } from '@onfile/dev-env/publish-terms-in.ts';
import { withRuntime } from '@onfile/dev-env/with-runtime.ts';
import type { Page } from '@playwright/test';

/** Agrees to the terms of a purpose, and waits for Stripe's page within ours. */
async function openForm(page: Page, onfile: Constellation, purpose?: string) {
  await acceptTerms(page, onfile, purpose);
  await page.getByRole('button', { name: 'Continue' }).click();
  const frame = page.frameLocator('[title="Secure payment form"]');
  await expect(frame.getByRole('button', { name: 'Save card' })).toBeVisible();
  return frame;
}

story('a SEPA account is saved, with its mandate', async ({ page, onfile }) => {
  await withRuntime(onfile, (runtime) =>
    publishTermsIn(runtime, { purpose: 'fees', currency: 'eur' }),
  );
  await signUp(page, onfile);
  const form = await openForm(page, onfile, 'fees');
  await form.getByRole('radio', { name: 'SEPA Direct Debit' }).check();
  await form.getByLabel('IBAN').fill('AT611904300234573201');
  await form.getByLabel('Name on account').fill('Ada Lovelace');
  await form.getByRole('button', { name: 'Save bank account' }).click();
  await page.waitForURL('**/account/payment-methods/return**');
  await expect(page.getByRole('heading', { name: /ending in 3201 is saved/ })).toBeVisible();
  await expectNoBarriers(page);
});

story('a US account waits for two deposits, and is saved by itself', async ({ page, onfile }) => {
  await signUp(page, onfile);
  const form = await openForm(page, onfile);
  await form.getByRole('radio', { name: 'US bank account' }).check();
  await form.getByLabel('Full name').fill('Ada Lovelace');
  await form.getByLabel('Routing number').fill('110000000');
  await form.getByLabel('Account number').fill('000123456789');
  await form.getByRole('button', { name: 'Save bank account' }).click();
  await page.waitForURL('**/account/payment-methods/return**');
  await expect(page.getByRole('heading', { name: 'Confirm two small deposits' })).toBeVisible();
  await expectNoBarriers(page);

  await page.getByRole('link', { name: 'To your payment methods' }).click();
  const pending = page.getByRole('list', { name: 'Not saved yet' }).getByRole('listitem');
  await expect(pending).toContainText('ending in 6789');
  await expectNoBarriers(page);
  await pending.getByRole('link', { name: /^Confirm/ }).click();

  const opened = page.waitForEvent('popup');
  await page.getByRole('link', { name: 'Confirm the deposits' }).click();
  const deposits = await opened;
  await deposits.getByRole('button', { name: /Verified$/ }).click();
  await deposits.getByRole('button', { name: 'Verify bank account' }).click();
  await expect(deposits.getByRole('heading', { name: /is verified/ })).toBeVisible();
  await deposits.close();
  await page.bringToFront();
  await expect(page.getByRole('heading', { name: /ending in 6789 is saved/ })).toBeVisible({
    timeout: 25_000,
  });
});
