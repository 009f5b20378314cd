import type { Page } from '@playwright/test';
import type { Constellation } from '@onfile/dev-env/constellation.ts';
import { agreeToPlan, expectPaid, orderProduct, submitCard } from '../fixtures/order.ts';
import { addCardByEmbeddedPage, authenticatingCard, signUp } from '../fixtures/shopper.ts';
import {
  answerOf,
  decide,
  fillInCharge,
  openCustomer,
  sendCharge,
  signInAsOwner,
} from '../fixtures/staff.ts';
import { expect, expectNoBarriers, story } from '../fixtures/story.ts';

const dayMs = 24 * 60 * 60 * 1000;

/** A shopper has paid the deposit of a cabin; its balance of $224.00 falls due in some weeks. */
async function payDeposit(page: Page, onfile: Constellation): Promise<{ email: string }> {
  const { email } = await signUp(page, onfile);
  await orderProduct(page, onfile, 'Cabin by the lake');
  await agreeToPlan(page);
  await submitCard(page, 'Pay $96.00');
  await expectPaid(page);
  return { email };
}

/** Goes to one of the admin's lists: the page that was there before may name the same shopper. */
async function openList(page: Page, name: string): Promise<void> {
  await page.getByRole('link', { name, exact: true }).click();
  await expect(page.getByRole('heading', { name: new RegExp(`^${name}`), level: 1 })).toBeVisible();
}

story(
  'a balance is put on another day, paused, let go on and charged now',
  async ({ page, onfile }) => {
    const { email } = await payDeposit(page, onfile);
    await signInAsOwner(page, onfile);
    await openList(page, 'Schedules');
    const row = page.getByRole('listitem').filter({ hasText: email });
    await expect(row).toContainText('It is charged by itself on');
    await expectNoBarriers(page);
    await row.getByText('What you can do').click();
    await expectNoBarriers(page);

    const inAMonth = new Date(Date.now() + 30 * dayMs);
    const day = inAMonth.toISOString().slice(0, 10);
    await decide(row, page, { button: 'Reschedule', day });
    await expect(page.getByText('It is put on another day.')).toBeVisible();
    await expect(row).toContainText(`due on ${String(inAMonth.getUTCDate())} `);

    await decide(row, page, { button: 'Pause' });
    await expect(row).toContainText('Paused by staff.');
    await page.getByRole('link', { name: 'Paused' }).click();
    await expect(row).toContainText('$224.00');
    await row.getByRole('link', { name: '$224.00' }).click();
    await expect(page.getByRole('heading', { name: 'Payment of $224.00' })).toBeVisible();
    await expectNoBarriers(page);

    await decide(page, page, { button: 'Change the amount', amount: '200' });
    await expect(page.getByRole('heading', { name: 'Payment of $200.00' })).toBeVisible();
    await decide(page, page, { button: 'Let it go on' });
    await decide(page, page, { button: 'Charge now' });
    await expect(page.getByText('Payment: Succeeded')).toBeVisible();
    await expect(page.getByText('The shopper has called').first()).toBeVisible();
    await expectNoBarriers(page);
    await page.goto(`${onfile.adminUrl}/schedules`);
    await expect(row).toHaveCount(0);
  },
);

story('what is left of an order is canceled', async ({ page, onfile }) => {
  const { email } = await payDeposit(page, onfile);
  await signInAsOwner(page, onfile);
  await openList(page, 'Orders');
  const row = page.getByRole('listitem').filter({ hasText: email });
  await row.getByRole('link').click();
  await decide(page, page, { button: 'Cancel what is left' });
  await expect(page.getByRole('listitem').filter({ hasText: '$224.00' })).toContainText('Canceled');
  await expect(page.getByRole('button', { name: 'Cancel what is left' })).toHaveCount(0);
  await expectNoBarriers(page);
});

story(
  'what only the shopper can mend waits in the recovery queue, with its link',
  async ({ page, onfile }) => {
    const { email } = await signUp(page, onfile);
    await addCardByEmbeddedPage(page, onfile, authenticatingCard);
    await signInAsOwner(page, onfile);
    await openCustomer(page, onfile, email);
    const fee = { amount: '45.00', reason: 'Damage to the boat' };
    await fillInCharge(page, { card: authenticatingCard, ...fee });
    await sendCharge(page);
    await expect(answerOf(page)).toContainText('The bank wants the shopper to confirm');
    await openList(page, 'Recovery');
    const row = page.getByRole('listitem').filter({ hasText: email });
    await expect(row).toContainText('Waits for the shopper: the bank wants them to confirm it.');
    await row.getByText('What you can do').click();
    await row.getByRole('button', { name: 'Copy the link' }).click();
    await expect(row.getByText(`${onfile.storefrontUrl}/recover/`)).toBeVisible();
    await expectNoBarriers(page);
    await decide(row, page, { button: 'Write off' });
    await page.getByRole('link', { name: 'Given up' }).click();
    await expect(row).toContainText('Written off by staff. The shopper can still pay it by link.');
    await expectNoBarriers(page);
  },
);
