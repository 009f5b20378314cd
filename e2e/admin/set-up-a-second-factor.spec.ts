import { signInAsOwner } from '../fixtures/staff.ts';
import { expect, expectNoBarriers, story } from '../fixtures/story.ts';

story(
  'the security page asks for the password, then shows the secret',
  async ({ page, onfile }) => {
    await signInAsOwner(page, onfile);
    await page.getByRole('link', { name: 'Security' }).click();
    await expect(page.getByText('Your second factor is off')).toBeVisible();
    await expectNoBarriers(page);
    await page.getByLabel('Your password').fill('not the password');
    await page.getByRole('button', { name: 'Set up' }).click();
    await expect(page.getByLabel('Your password')).toHaveAccessibleDescription(/not your password/);
    await page.getByLabel('Your password').fill(onfile.logins.owner.password);
    await page.getByRole('button', { name: 'Set up' }).click();
    await expect(page.getByRole('img', { name: 'QR code' })).toBeVisible();
    await expectNoBarriers(page);
    await page.getByRole('textbox', { name: 'Code' }).fill('000000');
    await page.getByRole('button', { name: 'Turn it on' }).click();
    await expect(page.getByRole('textbox', { name: 'Code' })).toHaveAccessibleDescription(
      /not right/,
    );
    await expectNoBarriers(page);
  },
);
