import { publishTermsIn } from '@onfile/dev-env/publish-terms-in.ts';
import { orderWithPlan } from '@onfile/dev-env/place-order.ts';
import { customerNamed } from '@onfile/dev-env/save-card.ts';
import { describeOnBothDatabases } from '@onfile/dev-env/test-database.ts';
import { openTestRuntime } from '@onfile/dev-env/test-runtime.ts';
import type { TestRuntime } from '@onfile/dev-env/test-runtime.ts';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { refusalOf } from '../src/refusal-codes.ts';
import { createStorefrontCaller } from '../src/storefront/router.ts';

const german = {
  locale: 'de',
  sections: [{ heading: 'Was abgebucht werden darf', text: 'Restbeträge und Gebühren.' }],
};

describeOnBothDatabases('terms in the language of who reads them', (dialect) => {
  let test: TestRuntime;
  beforeEach(async () => {
    test = await openTestRuntime({ dialect });
  });
  afterEach(() => test.close());

  const ada = (acceptLanguage: string | null) =>
    createStorefrontCaller({
      runtime: test.runtime,
      request: { ipAddress: null, userAgent: null, acceptLanguage, requestId: 'req' },
      shopper: { userId: 'user-ada', email: 'ada@example.com', name: 'ada', emailVerified: true },
      guestId: null,
      recoveryToken: null,
      rememberGuest: () => undefined,
    });

  const publishGerman = (currency = 'usd') =>
    publishTermsIn(test.runtime, { ...german, purpose: 'balances_and_fees', currency });

  const agreements = () => test.runtime.db.selectFrom('agreements').selectAll().execute();

  it('are the browser’s where they are published, and English where not', async () => {
    expect(await ada('de-AT,de;q=0.9').setup.getTerms()).toMatchObject({ locale: 'en' });
    await publishGerman();
    expect(await ada('de-AT,de;q=0.9').setup.getTerms()).toMatchObject({
      locale: 'de',
      sections: german.sections,
    });
    expect(await ada('fr').setup.getTerms()).toMatchObject({ locale: 'en' });
    expect(await ada(null).setup.getTerms()).toMatchObject({ locale: 'en' });
  });

  it('and so are the mails that follow, as the browser asked last', async () => {
    const locale = async () => (await customerNamed(test.runtime, 'ada')).locale;
    await ada('de-AT,de;q=0.9').setup.getTerms();
    expect(await locale()).toBe('de');
    await ada(null).setup.getTerms();
    expect(await locale()).toBe('de');
    await ada('fr').setup.getTerms();
    expect(await locale()).toBe('en');
  });

  it('are agreed to as they were shown, also when the browser asks for another now', async () => {
    await publishGerman();
    const { termsVersionId } = await ada('de').setup.getTerms();
    const setup = { termsVersionId, accepted: true, uiMode: 'embedded_page' } as const;
    await ada('en').setup.start(setup);
    expect(await agreements()).toMatchObject([{ locale: 'de', termsVersionId }]);
  });

  it('are outdated by a newer version in their own language alone', async () => {
    await publishGerman();
    const { termsVersionId } = await ada('en').setup.getTerms();
    const setup = { termsVersionId, accepted: true, uiMode: 'embedded_page' } as const;
    await publishTermsIn(test.runtime, {
      ...german,
      sections: [{ heading: 'Neu', text: 'Anderes.' }],
      purpose: 'balances_and_fees',
      currency: 'usd',
    });
    await ada('de').setup.start(setup);
    await publishTermsIn(test.runtime, { purpose: 'balances_and_fees', currency: 'usd' });
    const late = await ada('de')
      .setup.start(setup)
      .catch((error: unknown) => refusalOf(error)?.code);
    expect(late).toBe('terms_outdated');
  });

  it('are the ones of the checkout, and the ones that an order is measured by', async () => {
    await publishGerman('eur');
    const customer = await customerNamed(test.runtime, 'ada');
    const plan = { kind: 'card_kept', feePercent: 50, freeCancellationHours: 48 } as const;
    const order = await orderWithPlan(test.runtime, customer, plan);
    const open = (language: string) => ada(language).checkout.open({ orderId: order.id });
    expect(await open('de')).toMatchObject({ terms: { locale: 'de', sections: german.sections } });
    expect(await open('en')).toMatchObject({ terms: { locale: 'en' } });
    const [product] = await ada('de').catalogue.list();
    const wish = { slug: product?.slug ?? '', quantity: 1, eventOn: '2030-06-01' };
    const place = (language: string) =>
      ada(language)
        .orders.place(wish)
        .then(
          () => 'placed',
          (error: unknown) => refusalOf(error)?.code,
        );
    // What is owed in dollars cannot be charged under terms in euros.
    expect(await place('de')).toBe('terms_without_currency');
    expect(await place('en')).toBe('placed');
  });
});
