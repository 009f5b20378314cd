import { signUp } from '../fixtures/shopper.ts';
import { signInAsOwner } from '../fixtures/staff.ts';
import { expect, expectNoBarriers, story } from '../fixtures/story.ts';

// A shop of its own: what is published here is shown to every shopper of the shop from then on.
story.use({ settings: { SHOP_NAME: 'Terms and Conditions' } });

story('terms are written, published, and asked for from then on', async ({ page, onfile }) => {
  await signInAsOwner(page, onfile);
  await page.getByRole('link', { name: 'Policies' }).click();
  await expectNoBarriers(page);
  await page.getByRole('link', { name: /^English: version \d+/ }).click();
  await expectNoBarriers(page);
  const shown = page.getByRole('listitem').filter({ hasText: 'Shown to shoppers now' });
  const heading = await shown.getByRole('heading', { name: /^Version/ }).textContent();
  const next = Number(/\d+/.exec(heading ?? '')?.[0]) + 1;

  await page.getByRole('link', { name: 'Write a new version' }).click();
  await page.getByLabel('Text').first().fill('You allow us to charge\nwhat the story needs.');
  await page.getByLabel('Cap', { exact: true }).fill('0.001');
  await page.getByRole('button', { name: 'Publish', exact: true }).click();
  await expect(page.getByLabel('Cap', { exact: true })).toHaveAccessibleDescription(
    /at most 2 digits/,
  );
  await page.getByLabel('Cap', { exact: true }).fill('750.00');
  await expect(page.getByRole('region', { name: 'What the shopper sees' })).toContainText(
    'what the story needs',
  );
  await expectNoBarriers(page);
  await page.getByRole('button', { name: 'Publish', exact: true }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText('$750.00');
  await expect(dialog).toContainText('what the story needs');
  await expectNoBarriers(page);
  await dialog.getByRole('button', { name: `Publish version ${String(next)}` }).click();
  await expect(shown).toContainText(`Version ${String(next)}`);
  await shown.getByText(/^What changed/).click();
  await expectNoBarriers(page);

  await signUp(page, onfile);
  await page.goto(`${onfile.storefrontUrl}/account/payment-methods/add`);
  await expect(page.getByText('what the story needs')).toBeVisible();
  await expect(page.getByText(`Version ${String(next)}`)).toBeVisible();
  await expect(page.getByRole('checkbox').first()).not.toBeChecked();
});
