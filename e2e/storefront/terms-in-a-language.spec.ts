import type { Constellation } from '@onfile/dev-env/constellation.ts';
import { publishTermsIn } from '@onfile/dev-env/publish-terms-in.ts';
import { withRuntime } from '@onfile/dev-env/with-runtime.ts';
import { freshEmail } from '../fixtures/guest.ts';
import { agreeToPlan, fillInCard, openStripesForm, orderAsGuest } from '../fixtures/order.ts';
import { acceptTerms, approvedCard, enterCard, expectSaved, signUp } from '../fixtures/shopper.ts';
import { expect, expectNoBarriers, story } from '../fixtures/story.ts';

const words = 'Restbeträge an ihrem Tag und vereinbarte Gebühren.';

/** German words beside the English ones, once in a shop; browsers in English see none of it. */
async function publishInGerman(onfile: Constellation): Promise<void> {
  await withRuntime(onfile, async (runtime) => {
    const terms = { purpose: 'balances_and_fees', locale: 'de', currency: 'usd' } as const;
    const known = await runtime.db
      .selectFrom('termsVersions')
      .select('id')
      .where('locale', '=', 'de')
      .executeTakeFirst();
    if (known) return;
    const sections = [{ heading: 'Was abgebucht werden darf', text: words }];
    await publishTermsIn(runtime, { ...terms, sections });
  });
}

story('a German browser shows, and keeps, the German terms', async ({ browser, page, onfile }) => {
  await publishInGerman(onfile);
  const german = await (await browser.newContext({ locale: 'de-AT' })).newPage();
  await signUp(german, onfile);
  await acceptTerms(german, onfile);
  await expect(german.locator('[lang=de]').getByText(words)).toBeVisible();
  await expectNoBarriers(german);
  await german.getByRole('button', { name: 'Continue' }).click();
  await enterCard(german.frameLocator('[title="Secure payment form"]'), approvedCard);
  await expectSaved(german, onfile, approvedCard);
  await german.getByRole('link', { name: 'Agreements', exact: true }).click();
  await german.getByText('What you agreed to').click();
  await expect(german.locator('[lang=de]').getByText(words)).toBeVisible();
  await german.getByText('How you agreed').click();
  await expect(german.getByText('German', { exact: true })).toBeVisible();
  await expectNoBarriers(german);
  await german.context().close();

  await signUp(page, onfile);
  await acceptTerms(page, onfile);
  await expect(page.getByText(words)).toHaveCount(0);
  await expect(page.locator('main [lang=en]')).toContainText('What may be charged');
});

story('a guest with a German browser agrees to the German terms', async ({ browser, onfile }) => {
  await publishInGerman(onfile);
  const german = await (await browser.newContext({ locale: 'de-DE' })).newPage();
  const order = { name: 'Massage, one hour', email: freshEmail('gast') };
  await orderAsGuest(german, onfile, order);
  await expect(german.locator('[lang=de]').getByText(words)).toBeVisible();
  await expectNoBarriers(german);
  await agreeToPlan(german);
  const form = await openStripesForm(german);
  await form.getByRole('radio', { name: 'Card' }).check();
  await fillInCard(form, approvedCard);
  await form.getByRole('button', { name: 'Save card' }).click();
  await expect(german.getByRole('heading', { name: /is booked$/ })).toBeVisible();
  const kept = await withRuntime(onfile, ({ db }) =>
    db
      .selectFrom('agreements')
      .innerJoin('customers', 'customers.id', 'agreements.customerId')
      .select(['agreements.locale', 'agreements.status'])
      .where('customers.email', '=', order.email)
      .execute(),
  );
  expect(kept).toEqual([{ locale: 'de', status: 'active' }]);
  await german.context().close();
});
