import { agreeToPlan, expectPaid, orderProduct, submitCard } from '../fixtures/order.ts';
import { passTheDay } from '@onfile/dev-env/pass-the-day.ts';
import { signUp } from '../fixtures/shopper.ts';
import { expect, expectNoBarriers, story } from '../fixtures/story.ts';

story(
  'a deposit is paid, and the balance is charged by itself on its day',
  async ({ page, onfile }) => {
    await signUp(page, onfile);
    const orderId = await orderProduct(page, onfile, 'Cabin by the lake');
    await agreeToPlan(page);
    await submitCard(page, 'Pay $96.00');
    await expectPaid(page);

    await page.goto(`${onfile.storefrontUrl}/orders/${orderId}`);
    const balance = page.getByRole('listitem').filter({ hasText: 'Balance' });
    await expect(balance).toContainText('$224.00');
    await expect(balance).toContainText('Due on');
    await expectNoBarriers(page);

    await passTheDay(onfile, orderId);
    await expect(async () => {
      await page.reload();
      await expect(balance).toContainText('Paid', { timeout: 500 });
    }).toPass({ timeout: 20_000 });
    await expect(page.getByText('Paid').first()).toBeVisible();
    await expectNoBarriers(page);
    const heading = await page.getByRole('heading', { level: 1 }).textContent();
    const number = heading?.replace('Order ', '') ?? '';
    const charged = await onfile.control.objects('charge');
    const ofOrder = charged.filter(({ description }) => String(description).includes(number));
    expect(ofOrder.map(({ amount }) => amount).sort()).toEqual([22_400, 9_600]);
  },
);
