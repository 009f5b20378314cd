import { randomBytes } from 'node:crypto';
import type { Page } from '@playwright/test';
import type { Constellation } from '@onfile/dev-env/constellation.ts';
import { addCharger } from '@onfile/dev-env/add-charger.ts';
import { saveCard } from '@onfile/dev-env/save-card.ts';
import { scheduleBalance } from '@onfile/dev-env/schedule-balance.ts';
import { withRuntime } from '@onfile/dev-env/with-runtime.ts';
import { approvedCard } from '../fixtures/shopper.ts';
import { decide, openCustomer, signInAs, signInAsOwner } from '../fixtures/staff.ts';
import { expect, expectFits, expectNoBarriers, story } from '../fixtures/story.ts';

/** Somebody with a card on file, and $45.00 to pay in some days. @returns their address */
function someoneWhoOwes(onfile: Constellation): Promise<string> {
  return withRuntime(onfile, async (runtime) => {
    const name = `ada-${randomBytes(4).toString('hex')}`;
    const stripe = { runtime, sandbox: { url: onfile.sandboxUrl } };
    const on = await saveCard(stripe, name, approvedCard);
    await scheduleBalance(runtime, on);
    return on.customer.email;
  });
}

/** Opens the dialog and sends an address, by keyboard. */
async function askToErase(page: Page, address: string) {
  await page.getByRole('button', { name: 'Erase this person' }).press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Erase this person for good?' });
  const field = dialog.getByLabel('E-mail address');
  await expect(field).toBeFocused();
  await page.keyboard.type(address);
  await page.keyboard.press('Enter');
  return { dialog, field };
}

story(
  'an owner, and nobody else, erases a person who owes nothing any more',
  async ({ page, onfile }) => {
    const email = await someoneWhoOwes(onfile);
    await signInAs(page, onfile, await addCharger(onfile));
    await openCustomer(page, onfile, email);
    await expect(page.getByRole('link', { name: 'Charge', exact: true })).toBeVisible();
    await expect(page.getByText('Erase this person')).toHaveCount(0);
    await page.getByRole('button', { name: 'Sign out' }).click();
    await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
    await signInAsOwner(page, onfile);
    await openCustomer(page, onfile, email);
    await expectNoBarriers(page);
    const { dialog, field } = await askToErase(page, 'eve@example.com');
    await expect(field).toHaveAccessibleDescription(/not this customer’s address/);
    await expect(field).toBeFocused();
    await expectNoBarriers(page);
    await field.fill(email);
    await page.keyboard.press('Enter');
    await expect(dialog.getByRole('alert')).toContainText('A payment of $45.00 is not over');
    await expectNoBarriers(page);
    await page.setViewportSize({ width: 375, height: 800 });
    await expectFits(page);
    await page.keyboard.press('Escape');
    await expect(page.getByRole('button', { name: 'Erase this person' })).toBeFocused();

    await page.getByRole('link', { name: '$45.00' }).click();
    await decide(page, page, { button: 'Waive' });
    await openCustomer(page, onfile, email);
    await expectFits(page);
    await askToErase(page, email);
    const report = page.getByRole('region', { name: 'What was done, and what is left to do' });
    await expect(report).toBeFocused();
    await expect(report).toContainText(/cus_\w+/);
    await expect(page.getByRole('heading', { name: 'Erased customer' })).toBeVisible();
    await expect(page.getByText('This person was erased')).toBeVisible();
    await expect(page.getByRole('link', { name: 'Charge', exact: true })).toHaveCount(0);
    await expect(page.getByRole('main').getByText(email)).toHaveCount(0);
    await expectFits(page);
    await expectNoBarriers(page);
    await page.reload();
    await expect(page.getByText('This person was erased')).toBeVisible();
    await expect(page.getByRole('button', { name: 'Erase this person' })).toHaveCount(0);
  },
);
