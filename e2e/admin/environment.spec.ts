import { withRows } from '../fixtures/database.ts';
import { signInAsOwner } from '../fixtures/staff.ts';
import { signUp } from '../fixtures/shopper.ts';
import { expect, expectNoBarriers, story } from '../fixtures/story.ts';

// Its database is made another shop's.
story.use({ settings: { SHOP_NAME: 'Copied Elsewhere' } });

story(
  'a copy says so in both apps, changes nothing, and works once it is said to have moved',
  async ({ page, onfile }) => {
    await signUp(page, onfile);
    const account = await withRows(onfile, async (db) => {
      const own = await db.selectFrom('environment').selectAll().executeTakeFirstOrThrow();
      const elsewhere = { stripeAccountId: 'acct_anotherShop', keyHash: null };
      await db.updateTable('environment').set(elsewhere).execute();
      return own.stripeAccountId ?? '';
    });
    await expect(async () => {
      await page.goto(onfile.storefrontUrl);
      await expect(page.getByText('Nothing can be bought or changed here')).toBeVisible({
        timeout: 500,
      });
    }).toPass();
    await expectNoBarriers(page);
    await page.goto(`${onfile.storefrontUrl}/account/payment-methods/add`);
    await page.getByRole('checkbox').first().check();
    await page.getByRole('button', { name: /continue/i }).click();
    await expect(page.getByText('Nothing can be changed here for now')).toBeVisible();

    await signInAsOwner(page, onfile);
    const banner = page.getByText('This data belongs to another Stripe account');
    await expect(banner).toBeVisible();
    await page.getByRole('link', { name: 'Say what it is' }).click();
    const panel = page.getByRole('region', { name: 'Whose data this is' });
    await expect(panel).toContainText('acct_anotherShop');
    await expect(panel).toContainText(account);
    await expectNoBarriers(page);
    await panel.getByRole('button', { name: 'It has moved here' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Account of the keys in use').fill('acct_typo');
    await dialog.getByRole('button', { name: 'It has moved here' }).click();
    await expect(dialog.getByLabel('Account of the keys in use')).toHaveAccessibleDescription(
      /not the account of the keys in use/,
    );
    await expectNoBarriers(page);
    await dialog.getByLabel('Account of the keys in use').fill(account);
    await dialog.getByRole('button', { name: 'It has moved here' }).click();
    await expect(panel).toContainText('This database belongs to the Stripe account in use.');
    await expect(banner).toBeHidden();
  },
);
