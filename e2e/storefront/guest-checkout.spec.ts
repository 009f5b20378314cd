import { paymentElement, typeCard } from '../fixtures/elements.ts';
import { freshEmail } from '../fixtures/guest.ts';
import {
  agreeToPlan,
  chooseProduct,
  expectPaid,
  fillInCard,
  orderAsGuest,
  submitCard,
} from '../fixtures/order.ts';
import { approvedCard, enterMailedCode, savedCard, signOut, signUp } from '../fixtures/shopper.ts';
import { expect, expectNoBarriers, story } from '../fixtures/story.ts';

story('a guest pays, and is told what the address is for', async ({ page, onfile }) => {
  const email = freshEmail('guest');
  await chooseProduct(page, onfile, 'Signed print');
  await expect(page.getByRole('heading', { name: 'How would you like to order?' })).toBeVisible();
  await expectNoBarriers(page);
  const address = page.getByLabel('E-mail');
  await expect(address).toHaveAccessibleDescription(/^For mails about this order and its payments/);
  await page.getByRole('button', { name: 'Continue as a guest' }).click();
  await expect(address).toBeFocused();
  await expect(address).toHaveAccessibleDescription(/Enter an e-mail address/);
  await expectNoBarriers(page);
  await address.fill(email);
  await page.getByRole('button', { name: 'Continue as a guest' }).click();
  await page.waitForURL('**/checkout/**');
  await expect(page.getByText(`Guest: ${email}`)).toBeVisible();
  await expectNoBarriers(page);
  await submitCard(page, 'Pay $35.00');
  await expectPaid(page);
  await page.getByRole('link', { name: 'To your order' }).click();
  await expect(page.getByText('Whole amount')).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Keep this order in an account' })).toBeVisible();
  await expectNoBarriers(page);
  await page.getByRole('link', { name: 'Orders', exact: true }).first().click();
  await expect(page.getByRole('link', { name: 'Signed print' })).toBeVisible();
  // The next order asks for no address again.
  await chooseProduct(page, onfile, 'Signed print');
  await page.waitForURL('**/checkout/**');
});

story('a guest books, and the card is kept', async ({ page, onfile }) => {
  const order = { name: 'Massage, one hour', email: freshEmail('books') };
  const orderId = await orderAsGuest(page, onfile, order);
  await page.getByRole('button', { name: 'Continue', exact: true }).click();
  await expect(page.getByText(/Tick the box to go on/)).toBeVisible();
  await agreeToPlan(page);
  await submitCard(page, 'Save card');
  await page.waitForURL('**/orders/*/return**');
  await expect(page.getByRole('heading', { name: /is booked$/ })).toBeVisible();
  await expectNoBarriers(page);
  await page.goto(`${onfile.storefrontUrl}/orders/${orderId}`);
  await expect(page.getByText('You agreed to later charges up to $500.00 in all.')).toBeVisible();
  // What a guest cannot open is not linked.
  await expect(page.getByRole('link', { name: 'Read what you agreed to' })).toHaveCount(0);
  await expectNoBarriers(page);
});

story('a guest pays on the page that Stripe hosts', async ({ page, onfile }) => {
  const email = freshEmail('hosted');
  await orderAsGuest(page, onfile, { name: 'Signed print', email, way: 'hosted_page' });
  await page.getByRole('button', { name: 'Continue on Stripe' }).click();
  await page.waitForURL(`${onfile.sandboxUrl}/**`);
  await expect(page.getByText(email)).toBeVisible();
  await page.getByRole('radio', { name: 'Card' }).check();
  await fillInCard(page, approvedCard);
  await page.getByRole('button', { name: 'Pay $35.00' }).click();
  await expectPaid(page);
});

story('a guest pays a deposit in our own form', async ({ page, onfile }) => {
  const email = freshEmail('elements');
  await orderAsGuest(page, onfile, { name: 'Cabin by the lake', email, way: 'elements' });
  await agreeToPlan(page);
  await page.getByRole('button', { name: 'Continue to payment' }).click();
  await typeCard(paymentElement(page), approvedCard);
  await page.getByRole('button', { name: 'Pay $96.00' }).click();
  await expectPaid(page);
  await page.getByRole('link', { name: 'To your order' }).click();
  await expect(page.getByRole('listitem').filter({ hasText: 'Balance' })).toContainText('4242');
});

story('a guest pays by a PaymentIntent', async ({ page, onfile }) => {
  const email = freshEmail('intent');
  await orderAsGuest(page, onfile, { name: 'Signed print', email, way: 'payment_intent' });
  await page.getByRole('button', { name: 'Continue to payment' }).click();
  await typeCard(paymentElement(page), approvedCard);
  await page.getByRole('button', { name: 'Pay now' }).click();
  await expectPaid(page);
});

story('no other browser opens a guest’s order', async ({ page, browser, onfile }) => {
  const email = freshEmail('private');
  const orderId = await orderAsGuest(page, onfile, { name: 'Signed print', email });
  await submitCard(page, 'Pay $35.00');
  await expectPaid(page);
  const order = `${onfile.storefrontUrl}/orders/${orderId}`;
  const pages = [order, page.url(), `${order}/return`, order.replace('/orders/', '/checkout/')];

  const stranger = await (await browser.newContext()).newPage();
  for (const address of pages) {
    await stranger.goto(address);
    await expect(stranger).toHaveURL(/\/sign-in\?next=/);
    await expect(stranger.getByText(email)).toHaveCount(0);
  }
  // Typing the same address makes nobody the same guest, and an account is none either.
  const typed = await (await browser.newContext()).newPage();
  await orderAsGuest(typed, onfile, { name: 'Signed print', email });
  const account = await (await browser.newContext()).newPage();
  await signUp(account, onfile);
  for (const other of [typed, account]) {
    for (const address of pages) expect((await other.goto(address))?.status()).toBe(404);
    await expect(other.getByRole('heading', { name: 'Not found' })).toBeVisible();
  }
  await Promise.all([stranger, typed, account].map((other) => other.context().close()));
});

story('a guest signs up, and order and card come along', async ({ page, onfile }) => {
  const email = freshEmail('joins');
  await orderAsGuest(page, onfile, { name: 'Cabin by the lake', email });
  await agreeToPlan(page);
  await submitCard(page, 'Pay $96.00');
  await expectPaid(page);
  await page.getByRole('link', { name: 'To your order' }).click();
  await page.getByRole('main').getByRole('link', { name: 'Create an account' }).click();
  await expect(page.getByLabel('E-mail')).toHaveValue(email);
  await page.getByLabel('Name').fill('Ada Lovelace');
  await page.getByLabel('Password').fill('correct horse battery');
  await page.getByRole('button', { name: 'Continue' }).click();
  await enterMailedCode(page, onfile, email, 'Create account');
  await page.waitForURL('**/orders/*');
  await expect(page.getByRole('link', { name: 'Read what you agreed to' })).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Keep this order' })).toHaveCount(0);
  await page.getByRole('link', { name: 'Payment methods' }).click();
  await page.waitForURL('**/account/payment-methods');
  await expect(savedCard(page, approvedCard)).toBeVisible();
});

story(
  'a guest with another address brings the order in by its number',
  async ({ page, onfile }) => {
    await orderAsGuest(page, onfile, { name: 'Signed print', email: freshEmail('mistyped') });
    await submitCard(page, 'Pay $35.00');
    await expectPaid(page);
    await page.getByRole('link', { name: 'To your order' }).click();
    const number = /[A-Z0-9]{4}-[A-Z0-9]{4}/.exec(await page.title())?.[0] ?? '';
    await page.getByRole('link', { name: 'Bring the order in by its number' }).click();
    await page.getByRole('link', { name: 'E-mail me a code instead' }).click();
    await page.waitForURL('**/code**');
    const email = freshEmail('right');
    await page.getByLabel('E-mail').fill(email);
    await page.getByRole('button', { name: 'E-mail me a code' }).click();
    await enterMailedCode(page, onfile, email, 'Sign in');
    await expect(page.getByLabel('Order number')).toHaveValue(number);
    await page.getByLabel('Last four digits').fill('4242');
    await page.getByRole('button', { name: 'Bring it in' }).click();
    await expect(page.getByRole('heading', { name: 'It is in your account' })).toBeVisible();
    await page.getByRole('link', { name: 'Orders', exact: true }).click();
    await expect(page.getByRole('link', { name: 'Signed print' })).toBeVisible();
  },
);

story('at a shared computer the guest before is forgotten', async ({ page, onfile }) => {
  const email = freshEmail('before');
  const orderId = await orderAsGuest(page, onfile, { name: 'Signed print', email });
  await page.getByRole('button', { name: 'Not you?' }).click();
  await expectNoBarriers(page);
  await page.getByRole('button', { name: 'Go on as this guest' }).click();
  await expect(page.getByText(`Guest: ${email}`)).toBeVisible();
  await page.getByRole('button', { name: 'Not you?' }).click();
  await page.getByRole('button', { name: 'Forget', exact: true }).click();
  await page.waitForURL(`${onfile.storefrontUrl}/`);
  await expect(page.getByText(email)).toHaveCount(0);
  await page.goto(`${onfile.storefrontUrl}/orders/${orderId}`);
  await expect(page).toHaveURL(/\/sign-in\?next=/);
});

story('who has an account signs in on the way, and the choice stays', async ({ page, onfile }) => {
  const { email } = await signUp(page, onfile);
  await signOut(page);
  await chooseProduct(page, onfile, 'Massage, one hour');
  await page.waitForURL('**/continue**');
  await page.getByRole('link', { name: 'E-mail me a code' }).click();
  await page.waitForURL('**/code**');
  await page.getByLabel('E-mail').fill(email);
  await page.getByRole('button', { name: 'E-mail me a code' }).click();
  await enterMailedCode(page, onfile, email, 'Sign in');
  await page.waitForURL('**/products/massage?**');
  await expect(page.getByLabel('Day')).not.toHaveValue('');
  await page.getByRole('button', { name: 'Order', exact: true }).click();
  await page.waitForURL('**/checkout/**');
});
