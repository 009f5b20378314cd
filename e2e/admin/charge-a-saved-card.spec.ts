import { atStripe } from '../fixtures/at-stripe.ts';
import {
  addCardByEmbeddedPage,
  addCardByHostedPage,
  approvedCard,
  authenticatingCard,
  declinedCard,
  signUp,
} from '../fixtures/shopper.ts';
import {
  answerOf,
  fillInCharge,
  openCustomer,
  sendCharge,
  signInAsOwner,
} from '../fixtures/staff.ts';
import { expect, expectNoBarriers, story } from '../fixtures/story.ts';

const deposit = { amount: '10.99', reason: 'Deposit for Saturday' };

for (const [page, addCard] of [
  ['embedded', addCardByEmbeddedPage],
  ['hosted', addCardByHostedPage],
] as const) {
  story(
    `staff charge cards saved on the ${page} page: one pays, one is declined`,
    async ({ page, onfile }) => {
      const { email } = await signUp(page, onfile);
      await addCard(page, onfile, approvedCard);
      await addCard(page, onfile, declinedCard);
      await page.goto(`${onfile.adminUrl}/sign-in`);
      await expectNoBarriers(page);
      await signInAsOwner(page, onfile);
      await expectNoBarriers(page);
      await openCustomer(page, onfile, email);
      await expectNoBarriers(page);

      await fillInCharge(page, { card: approvedCard, ...deposit });
      await expectNoBarriers(page);
      await sendCharge(page);
      await expect(answerOf(page)).toContainText('Succeeded');
      await expect(page.getByRole('heading', { name: '$10.99' })).toBeVisible();
      await expectNoBarriers(page);
      await page.getByRole('link', { name: 'Open the payment' }).click();
      await expect(page.getByRole('heading', { name: 'Payment of $10.99' })).toBeVisible();
      await expect(page.getByText(`$10.99 for “${deposit.reason}”`)).toBeVisible();
      await expectNoBarriers(page);

      await openCustomer(page, onfile, email);
      await fillInCharge(page, { card: declinedCard, amount: '12.50', reason: 'Balance' });
      await sendCharge(page);
      await expect(answerOf(page)).toContainText('Declined');
      await expect(answerOf(page)).toContainText('generic_decline');
      await page.getByRole('link', { name: 'Open the payment' }).click();
      await expect(page.getByRole('heading', { name: 'Payment of $12.50' })).toBeVisible();
      await expectNoBarriers(page);
    },
  );
}

story('a card that asks for authentication says so in words', async ({ page, onfile }) => {
  const { email } = await signUp(page, onfile);
  await addCardByEmbeddedPage(page, onfile, authenticatingCard);
  await signInAsOwner(page, onfile);
  await openCustomer(page, onfile, email);
  await fillInCharge(page, { card: authenticatingCard, ...deposit });
  await sendCharge(page);
  await expect(answerOf(page)).toContainText('The bank wants the shopper to confirm');
});

story('a double click, a reload and a second tab make one payment', async ({ page, onfile }) => {
  const { email } = await signUp(page, onfile);
  await addCardByEmbeddedPage(page, onfile, approvedCard);
  await signInAsOwner(page, onfile);
  await openCustomer(page, onfile, email);
  await fillInCharge(page, { card: approvedCard, ...deposit });
  const otherTab = await page.context().newPage();
  await otherTab.goto(page.url());
  await page.getByRole('button', { name: 'Charge', exact: true }).dblclick();
  await expect(answerOf(page)).toContainText('Succeeded');
  await page.reload();
  await expect(answerOf(page)).toContainText('Succeeded');
  await otherTab.getByLabel('Amount').fill(deposit.amount);
  await otherTab.getByLabel('Reason').fill(deposit.reason);
  await sendCharge(otherTab);
  await expect(answerOf(otherTab)).toContainText('Succeeded');
  expect(await atStripe(onfile, email, 'charge')).toHaveLength(1);
});

story('the same amount again within a day asks once more', async ({ page, onfile }) => {
  const { email } = await signUp(page, onfile);
  await addCardByEmbeddedPage(page, onfile, approvedCard);
  await signInAsOwner(page, onfile);
  for (const isAgain of [false, true]) {
    await openCustomer(page, onfile, email);
    await fillInCharge(page, { card: approvedCard, ...deposit });
    await sendCharge(page);
    if (isAgain) {
      const warning = page.getByText('charged the same amount in the last 24 hours');
      await expect(warning).toBeVisible();
      await expectNoBarriers(page);
      expect(await atStripe(onfile, email, 'charge')).toHaveLength(1);
      await page.getByRole('button', { name: 'Charge anyway' }).click();
      // The warning shows what the earlier payment came to: that is not the answer waited for.
      await expect(warning).toBeHidden();
    }
    await expect(answerOf(page)).toContainText('Succeeded');
    expect(await atStripe(onfile, email, 'charge')).toHaveLength(isAgain ? 2 : 1);
  }
});

story('an amount that cannot be charged is refused at its field', async ({ page, onfile }) => {
  const { email } = await signUp(page, onfile);
  await addCardByEmbeddedPage(page, onfile, approvedCard);
  await signInAsOwner(page, onfile);
  await openCustomer(page, onfile, email);
  for (const amount of ['0', '-5', '10.999', '0.10', '999999']) {
    await openCustomer(page, onfile, email);
    await fillInCharge(page, { card: approvedCard, ...deposit, amount });
    await sendCharge(page);
    await expect(page.getByLabel('Amount')).toHaveAccessibleDescription(/Amount: /);
  }
  await expectNoBarriers(page);
  expect(await atStripe(onfile, email, 'charge')).toEqual([]);
});

story('a shopper’s session is worth nothing in the admin', async ({ page, onfile }) => {
  await signUp(page, onfile);
  await page.goto(`${onfile.adminUrl}/customers`);
  await expect(page).toHaveURL(/\/sign-in/);
  const answer = await page.request.get(
    `${onfile.adminUrl}/trpc/customers.find?input=${encodeURIComponent('{"email":"a"}')}`,
  );
  expect(answer.status()).toBe(401);
});
