import type { Page } from '@playwright/test';
import { openCaptchaService } from '@onfile/dev-env/captcha-service.ts';
import type { CaptchaService } from '@onfile/dev-env/captcha-service.ts';
import { freshEmail } from '../fixtures/guest.ts';
import { chooseProduct } from '../fixtures/order.ts';
import {
  acceptTerms,
  approvedCard,
  enterCard,
  enterMailedCode,
  expectSaved,
} from '../fixtures/shopper.ts';
import { expect, expectNoBarriers, story as anyStory } from '../fixtures/story.ts';

interface Service {
  captcha: CaptchaService;
}

/** Stories of a shop that asks whether a person is there. */
const story = anyStory.extend<object, Service>({
  captcha: [
    async ({}, use) => {
      const captcha = await openCaptchaService();
      await use(captcha);
      await captcha.close();
    },
    { scope: 'worker' },
  ],
  settings: [async ({ captcha }, use) => use(captcha.env), { scope: 'worker' }],
});

const unanswered = 'Answer this check first';
const refused = 'We could not see that a person sent this';

async function answer(page: Page, as: 'person' | 'program'): Promise<void> {
  const widget = page.frameLocator('[title="Are you a person?"]');
  await widget.getByRole('button', { name: `I am a ${as}` }).click();
  await expect(widget.getByText('Answered')).toBeVisible();
}

/** Signs in by a code, which asks as well. */
async function comeIn(page: Page, storefrontUrl: string): Promise<string> {
  const email = freshEmail('person');
  await page.goto(`${storefrontUrl}/code`);
  await page.getByLabel('E-mail').fill(email);
  await page.getByRole('button', { name: 'E-mail me a code' }).click();
  await expect(page.getByRole('alert')).toContainText(refused);
  await answer(page, 'person');
  await page.getByRole('button', { name: 'E-mail me a code' }).click();
  return email;
}

story('a card is added once a person has answered the check', async ({ page, onfile, captcha }) => {
  const email = await comeIn(page, onfile.storefrontUrl);
  await enterMailedCode(page, onfile, email, 'Sign in');
  await page.waitForURL('**/account/payment-methods');
  await acceptTerms(page, onfile);
  await page.getByRole('button', { name: 'Continue' }).click();
  await expect(page.getByRole('alert')).toContainText(unanswered);
  await expectNoBarriers(page);
  await answer(page, 'program');
  await expect(page.getByRole('alert')).toHaveCount(0);
  await page.getByRole('button', { name: 'Continue' }).click();
  await expect(page.getByRole('alert')).toContainText(refused);
  await expectNoBarriers(page);
  // The answer that was refused is used up: the check asks anew.
  await page.getByRole('button', { name: 'Try again' }).click();
  await page.getByRole('checkbox', { name: /^I agree/ }).check();
  await answer(page, 'person');
  await page.getByRole('button', { name: 'Continue' }).click();
  await enterCard(page.frameLocator('[title="Secure payment form"]'), approvedCard);
  await expectSaved(page, onfile, approvedCard);
  expect(captcha.asked.map((form) => form.get('response'))).toEqual(
    expect.arrayContaining(['a program', 'a person']),
  );
});

story('Stripe’s own page is reached by people only, too', async ({ page, onfile }) => {
  const email = await comeIn(page, onfile.storefrontUrl);
  await enterMailedCode(page, onfile, email, 'Sign in');
  await page.waitForURL('**/account/payment-methods');
  await acceptTerms(page, onfile);
  const toStripe = page.getByRole('button', { name: "Use Stripe's page instead" });
  await toStripe.click();
  await expect(page.getByRole('alert')).toContainText(unanswered);
  await answer(page, 'program');
  await toStripe.click();
  await expect(page.getByRole('alert')).toContainText(refused);
  await expectNoBarriers(page);
  await page.getByRole('checkbox', { name: /^I agree/ }).check();
  await answer(page, 'person');
  await toStripe.click();
  await page.waitForURL(`${onfile.sandboxUrl}/**`);
});

story('a guest answers the check before ordering', async ({ page, onfile }) => {
  await chooseProduct(page, onfile, 'Signed print');
  await page.waitForURL('**/continue**');
  await page.getByLabel('E-mail').fill(freshEmail('guest'));
  const goOn = page.getByRole('button', { name: 'Continue as a guest' });
  await goOn.click();
  await expect(page.getByRole('alert')).toContainText(unanswered);
  await answer(page, 'program');
  await goOn.click();
  await expect(page.getByRole('alert')).toContainText(refused);
  await expectNoBarriers(page);
  // The answer that was refused is used up: the check asks anew.
  await goOn.click();
  await expect(page.getByText(unanswered)).toBeVisible();
  await answer(page, 'person');
  await goOn.click();
  await page.waitForURL('**/checkout/**');
});

story('the policy lets in the service, and nothing else', async ({ page, onfile, captcha }) => {
  const loaded = await page.goto(`${onfile.storefrontUrl}/code`);
  const policy = loaded?.headers()['content-security-policy'] ?? '';
  for (const name of ['script-src', 'frame-src', 'connect-src']) {
    const directive = policy.split('; ').find((one) => one.startsWith(`${name} `)) ?? '';
    const foreign = directive.split(' ').filter((source) => source.includes('://'));
    expect([name, ...foreign]).toEqual([name, onfile.sandboxUrl, captcha.origin]);
  }
  await answer(page, 'person');
});
