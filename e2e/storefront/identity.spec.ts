import type { Page } from '@playwright/test';
import type { Constellation } from '@onfile/dev-env/constellation.ts';
import { runtimeBeside } from '@onfile/dev-env/runtime-beside.ts';
import { buyAsGuest, freshEmail, signInByCode } from '../fixtures/guest.ts';
import { readMail } from '../fixtures/read-mail.ts';
import { approvedCard, enterMailedCode, savedCard, signOut, signUp } from '../fixtures/shopper.ts';
import { expect, expectNoBarriers, story } from '../fixtures/story.ts';

const nothingSaved = { name: 'No payment method saved yet' };

/** Signs in by a code, and ends on the list of payment methods. */
async function comeIn(page: Page, onfile: Constellation, email: string): Promise<void> {
  await signInByCode(page, onfile, email, () => enterMailedCode(page, onfile, email, 'Sign in'));
  await page.waitForURL('**/account/payment-methods');
}

/** Six digits that are not the code that was mailed. */
async function wrongCode(onfile: Constellation, email: string): Promise<string> {
  const { code } = await readMail(onfile, 'one_time_code', email);
  return code === '111111' ? '222222' : '111111';
}

story(
  'a guest becomes an account by a code, and the card comes along',
  async ({ page, onfile }) => {
    const email = freshEmail('guest');
    await buyAsGuest(page, onfile, email, approvedCard);
    await page.goto(`${onfile.storefrontUrl}/code`);
    await expectNoBarriers(page);
    await expect(page.getByLabel('E-mail')).toHaveValue(email);
    await page.getByLabel('E-mail').clear();
    await page.getByRole('button', { name: 'E-mail me a code' }).click();
    await expect(page.getByLabel('E-mail')).toBeFocused();
    await page.getByLabel('E-mail').fill(email);
    await page.getByRole('button', { name: 'E-mail me a code' }).click();
    await expect(page.getByRole('heading', { name: 'Enter your code' })).toBeFocused();
    await expectNoBarriers(page);
    // Pasted with the words around it.
    const { code } = await readMail(onfile, 'one_time_code', email);
    await page.getByLabel('Code').fill(`Your code: ${code.slice(0, 3)} ${code.slice(3)}`);
    await expect(page.getByLabel('Code')).toHaveValue(code);
    await page.getByLabel('Code').press('Enter');
    await page.waitForURL('**/account/payment-methods');
    await expect(savedCard(page, approvedCard)).toBeVisible();
    await expectNoBarriers(page);
  },
);

story('a card stays away from whose address was typed by mistake', async ({ browser, onfile }) => {
  const [ada, bob] = [freshEmail('ada'), freshEmail('bob')];
  const adas = await (await browser.newContext()).newPage();
  // ada types bob's address.
  const { orderNumber } = await buyAsGuest(adas, onfile, bob, approvedCard);
  const bobs = await (await browser.newContext()).newPage();
  await comeIn(bobs, onfile, bob);
  await expect(bobs.getByRole('heading', nothingSaved)).toBeVisible();
  // Her own, right address finds nothing either; her order's number and her card do.
  await comeIn(adas, onfile, ada);
  await expect(adas.getByRole('heading', nothingSaved)).toBeVisible();
  await adas.getByRole('link', { name: 'Ordered as a guest?' }).click();
  await adas.waitForURL('**/account/claim');
  await expectNoBarriers(adas);
  await adas.getByRole('button', { name: 'Bring it in' }).click();
  await expect(adas.getByLabel('Order number')).toBeFocused();
  await adas.getByLabel('Order number').fill(orderNumber.toLowerCase());
  await adas.getByLabel('Last four digits').fill('1881');
  await adas.getByRole('button', { name: 'Bring it in' }).click();
  await expect(adas.getByRole('alert')).toContainText('We found no guest order');
  await expectNoBarriers(adas);
  await adas.getByLabel('Last four digits').fill('4242');
  await adas.getByRole('button', { name: 'Bring it in' }).click();
  await expect(adas.getByRole('heading', { name: 'It is in your account' })).toBeVisible();
  await expectNoBarriers(adas);
  await adas.getByRole('link', { name: 'To your payment methods' }).click();
  await expect(savedCard(adas, approvedCard)).toBeVisible();
  await bobs.reload();
  await expect(bobs.getByRole('heading', nothingSaved)).toBeVisible();
});

story('a wrong code counts down, and a new one is to be had', async ({ page, onfile }) => {
  const email = freshEmail('wrong');
  await page.clock.install();
  await signInByCode(page, onfile, email, async () => {
    const wrong = await wrongCode(onfile, email);
    const field = page.getByLabel('Code');
    for (const left of ['4 tries are left', '3 tries', '2 tries', 'One try', 'too often']) {
      await field.fill(wrong);
      await page.getByRole('button', { name: 'Sign in', exact: true }).click();
      await expect(field).toHaveAccessibleDescription(new RegExp(left));
      await expect(field).toBeFocused();
    }
    await expectNoBarriers(page);
    // The right one is worth nothing now.
    await enterMailedCode(page, onfile, email, 'Sign in');
    await expect(field).toHaveAccessibleDescription(/no longer works/);
    await expect(page.getByText(/You can ask for a new code in \d+ seconds/)).toBeVisible();
    await page.clock.fastForward(31_000);
    await page.getByRole('button', { name: 'Send a new code' }).click();
    await expect(page.getByText('A new code is on its way')).toBeVisible();
    await expectNoBarriers(page);
    await enterMailedCode(page, onfile, email, 'Sign in');
  });
  await page.waitForURL('**/account/payment-methods');
});

story('a code that is too old says so', async ({ page, onfile }) => {
  const email = freshEmail('late');
  await signInByCode(page, onfile, email, async () => {
    await runtimeBeside(onfile.env, ({ db }) =>
      db
        .withoutPlugins()
        .withTables<{ shopper_verification: { identifier: string; expiresAt: string } }>()
        .updateTable('shopper_verification')
        .set({ expiresAt: new Date(Date.now() - 1_000).toISOString() })
        .where('identifier', '=', `sign-in-otp-${email}`)
        .execute(),
    );
    await enterMailedCode(page, onfile, email, 'Sign in');
  });
  await expect(page.getByLabel('Code')).toHaveAccessibleDescription(/too old/);
});

story('a page says the same of an address that nobody has', async ({ page, onfile }) => {
  const known = freshEmail('known');
  await comeIn(page, onfile, known);
  await signOut(page);
  const seen: string[] = [];
  for (const email of [known, freshEmail('none')]) {
    await signInByCode(page, onfile, email, async () => {
      await page.getByLabel('Code').fill(await wrongCode(onfile, email));
      await page.getByRole('button', { name: 'Sign in', exact: true }).click();
      await expect(page.getByLabel('Code')).toHaveAccessibleDescription(/4 tries/);
      const text = await page.getByRole('main').innerText();
      seen.push(text.replaceAll(email, 'ADDRESS').replace(/\d+ seconds/, 'SECONDS'));
    });
  }
  expect(seen[0]).toBe(seen[1]);
});

story('codes to one address come to an end, with a waiting time', async ({ page, onfile }) => {
  const email = freshEmail('often');
  for (let at = 0; at < 5; at += 1) {
    await signInByCode(page, onfile, email, () => Promise.resolve());
  }
  await page.goto(`${onfile.storefrontUrl}/code`);
  await page.getByLabel('E-mail').fill(email);
  await page.getByRole('button', { name: 'E-mail me a code' }).click();
  await expect(page.getByRole('alert')).toContainText(/Wait \d+ minutes, then try again/);
  await expectNoBarriers(page);
});

story(
  'who signs up with an address that has an account keeps its password',
  async ({ page, onfile }) => {
    const { email } = await signUp(page, onfile);
    await signOut(page);
    await page.goto(`${onfile.storefrontUrl}/sign-up`);
    await page.getByLabel('Name').fill('Ada');
    await page.getByLabel('E-mail').fill(email);
    await page.getByLabel('Password').fill('quite another password');
    await page.getByRole('button', { name: 'Continue' }).click();
    await enterMailedCode(page, onfile, email, 'Create account');
    await expect(page.getByText('You had an account already')).toBeVisible();
    await expectNoBarriers(page);
    await page.getByRole('button', { name: 'Go on' }).click();
    await page.waitForURL('**/account/payment-methods');
    await signOut(page);
    await page.goto(`${onfile.storefrontUrl}/sign-in`);
    await page.getByLabel('E-mail').fill(email);
    await page.getByLabel('Password').fill('correct horse battery');
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.waitForURL('**/account/payment-methods');
  },
);

story(
  'an address is confirmed by the mailed link, by its own account only',
  async ({ page, browser, onfile }) => {
    const { email } = await signUp(page, onfile);
    // As accounts were before a code opened them.
    await runtimeBeside(onfile.env, ({ db }) =>
      db
        .withoutPlugins()
        .withTables<{ shopper_user: { email: string; emailVerified: number } }>()
        .updateTable('shopper_user')
        .set({ emailVerified: 0 })
        .where('email', '=', email)
        .execute(),
    );
    await page.reload();
    await page.getByRole('link', { name: 'Confirm it now' }).click();
    await expect(page.getByRole('heading', { name: 'Confirm your address' })).toBeVisible();
    await expectNoBarriers(page);
    await page.getByRole('button', { name: 'Send me the link' }).click();
    await expect(page.getByRole('heading', { name: 'The link is on its way' })).toBeVisible();
    await expectNoBarriers(page);
    const { url } = await readMail(onfile, 'verify_address', email);
    // Somebody else who opens it proves nothing, and neither does a browser that is not signed in.
    const others = await (await browser.newContext()).newPage();
    await others.goto(url);
    await expect(others).toHaveURL(/\/sign-in\?next=(%2F|\/)verify$/);
    await signUp(others, onfile);
    await others.goto(url);
    await expect(others.getByRole('heading', { name: 'for another account' })).toBeVisible();
    await expectNoBarriers(others);
    const asked: string[] = [];
    page.on('response', (response) => asked.push(new URL(response.url()).pathname));
    await page.goto(url);
    await expect(page.getByRole('heading', { name: 'Your address is confirmed' })).toBeVisible();
    expect(page.url()).toBe(`${onfile.storefrontUrl}/verify`);
    await expectNoBarriers(page);
    await page.goto(`${onfile.storefrontUrl}/verify?token=nonsense`);
    await expect(page.getByRole('heading', { name: 'no longer works' })).toBeVisible();
  },
);

story(
  'a redirect to the sign-in carries the headers of every answer',
  async ({ request, onfile }) => {
    const url = `${onfile.storefrontUrl}/account/payment-methods`;
    const answer = await request.get(url, { maxRedirects: 0 });
    expect(answer.status()).toBe(303);
    expect(answer.headers()).toMatchObject({
      location: '/sign-in?next=%2Faccount%2Fpayment-methods',
      'x-content-type-options': 'nosniff',
      'content-security-policy': expect.stringContaining("default-src 'none'"),
    });
  },
);
