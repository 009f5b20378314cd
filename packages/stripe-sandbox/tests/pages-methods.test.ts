import { describe, expect, test } from 'vitest';
import { payFor, usePages } from './open-pages.ts';

const pages = usePages();

const choose = (name: string) => pages.page.getByRole('radio', { name, exact: true }).check();
const fillByOnePress = async (value: RegExp) => {
  await pages.page.getByText('Test values').click();
  await pages.page.getByRole('button', { name: value }).click();
};
const back = () => pages.page.waitForURL(`${pages.host.url}/return?*`);

describe('a bank debit', () => {
  test('by SEPA judges the IBAN while it is typed, and ends unpaid until the bank decides', async () => {
    const session = await pages.openHosted(payFor(4200, 'eur'));
    const { page } = pages;
    await choose('SEPA Direct Debit');
    await page.getByText('you authorise Sandbox shop and its payment service provider').waitFor();
    const iban = page.getByLabel('IBAN');
    await iban.pressSequentially('at611904300234573200');
    expect(await iban.inputValue()).toBe('AT61 1904 3002 3457 3200');
    expect(await page.locator('#iban-message').textContent()).toBe('Your IBAN is invalid.');
    await iban.press('Backspace');
    await iban.press('1');
    expect(await page.locator('#iban-message').isVisible()).toBe(false);
    await page.getByLabel('Name on account').fill('Ada Lovelace');
    expect(await pages.violations()).toEqual([]);
    await page.getByRole('button', { name: 'Pay €42.00' }).click();
    await back();
    const paid = await pages.stripe.checkout.sessions.retrieve(session.id, {
      expand: ['payment_intent'],
    });
    expect(paid).toMatchObject({ status: 'complete', payment_status: 'unpaid' });
    expect(paid).toHaveProperty('payment_intent.status', 'processing');
  });

  test('by BECS is saved with a mandate', async () => {
    const session = await pages.openHosted({
      currency: 'aud',
      allowed_payment_method_types: ['au_becs_debit'],
    });
    const { page } = pages;
    expect(await page.getByRole('radio').count()).toBe(0);
    await page.getByLabel('BSB').pressSequentially('000000');
    expect(await page.getByLabel('BSB').inputValue()).toBe('000-000');
    await page.getByLabel('Account number').fill('900123456');
    await page.getByLabel('Account holder name').fill('Ada Lovelace');
    expect(await pages.violations()).toEqual([]);
    await page.getByRole('button', { name: 'Save bank account' }).click();
    await back();
    const done = await pages.stripe.checkout.sessions.retrieve(session.id, {
      expand: ['setup_intent'],
    });
    expect(done).toHaveProperty('setup_intent.mandate', expect.stringMatching(/^mandate_/));
  });

  test('in the United States refuses a routing number that cannot be one', async () => {
    const session = await pages.openHosted({ allowed_payment_method_types: ['us_bank_account'] });
    const { page } = pages;
    await page.getByLabel('Routing number').pressSequentially('110000001');
    expect(await page.locator('#us-routing-message').textContent()).toBe(
      'Your routing number is invalid.',
    );
    await fillByOnePress(/000123456789/);
    expect(await page.locator('#us-routing-message').isVisible()).toBe(false);
    expect(await pages.violations()).toEqual([]);
    await page.getByRole('button', { name: 'Save bank account' }).click();
    await back();
    expect(await pages.statusOf(session.id)).toBe('complete');
  });
});

describe('a bank account that waits for its micro-deposits', () => {
  async function openVerification(): Promise<string> {
    const method = await pages.stripe.paymentMethods.create({
      type: 'us_bank_account',
      us_bank_account: {
        account_number: '000123456789',
        routing_number: '110000000',
        account_holder_type: 'individual',
      },
      billing_details: { name: 'Ada Lovelace', email: 'ada@example.com' },
    });
    const intent = await pages.stripe.setupIntents.create({
      confirm: true,
      payment_method: method.id,
      mandate_data: { customer_acceptance: { type: 'offline', offline: {} } },
      automatic_payment_methods: { enabled: true, allow_redirects: 'never' },
    });
    const url = intent.next_action?.verify_with_microdeposits?.hosted_verification_url ?? '';
    await pages.page.goto(url);
    return intent.id;
  }
  const verify = () => pages.page.getByRole('button', { name: 'Verify bank account' }).click();

  test('is verified with the values of one press', async () => {
    const id = await openVerification();
    expect(await pages.violations()).toEqual([]);
    await pages.page.getByRole('button', { name: /Verified$/ }).click();
    await verify();
    await pages.page.getByRole('heading', { name: 'Your bank account is verified' }).waitFor();
    expect((await pages.stripe.setupIntents.retrieve(id)).status).toBe('succeeded');
  });

  test('says at the field when they are wrong, and when it is over', async () => {
    await openVerification();
    const { page } = pages;
    await verify();
    await page.locator('#deposits-message').waitFor();
    pages.expectComplaint(/400 \(Bad Request\)/);
    await page.getByRole('button', { name: /^.*Wrong/ }).click();
    await verify();
    await page.waitForFunction(
      'document.querySelector("#deposits [aria-invalid]") && !document.getElementById("deposits-message").textContent.startsWith("Enter")',
    );
    await page.getByRole('button', { name: /Too many attempts$/ }).click();
    await verify();
    await page.getByRole('heading', { name: 'Too many attempts' }).waitFor();
    expect(await pages.violations()).toEqual([]);
  });
});

describe('a method of another site', () => {
  test('takes the window there, and back to success_url when it is completed', async () => {
    const session = await pages.openHosted(payFor(4200, 'eur'));
    const { page } = pages;
    await choose('iDEAL');
    await page.getByRole('textbox', { name: 'Full name' }).fill('Ada Lovelace');
    await page.getByRole('button', { name: 'Pay €42.00' }).click();
    await page.getByRole('heading', { name: 'iDEAL test payment page' }).waitFor();
    expect(await pages.violations()).toEqual([]);
    await page.getByRole('button', { name: 'Complete test payment' }).click();
    await back();
    const paid = await pages.stripe.checkout.sessions.retrieve(session.id);
    expect(paid.payment_status).toBe('paid');
  });

  test('is saved without a payment', async () => {
    const session = await pages.openHosted({ currency: 'eur' });
    const { page } = pages;
    await choose('iDEAL');
    await fillByOnePress(/^Fill in/);
    await page.getByRole('button', { name: 'Continue with iDEAL' }).click();
    await page.getByText('No charge').waitFor();
    await page.getByRole('button', { name: 'Complete test authorization' }).click();
    await back();
    expect(await pages.statusOf(session.id)).toBe('complete');
  });

  test('leads back to the open page, which says why, when it is failed', async () => {
    const session = await pages.openHosted(payFor(4200, 'eur'));
    const { page } = pages;
    await choose('Bancontact');
    await fillByOnePress(/^Fill in/);
    await page.getByRole('button', { name: 'Pay €42.00' }).click();
    await page.getByRole('button', { name: 'Fail test payment' }).click();
    const alert = page.getByRole('alert').getByText('Your payment was not completed.');
    await alert.waitFor();
    await page.waitForFunction('scrollY > 0');
    expect(await pages.violations()).toEqual([]);
    expect(await pages.statusOf(session.id)).toBe('open');
  });

  test('leaves from inside a frame with the whole window', async () => {
    const { session, frame } = await pages.openEmbedded({
      ...payFor(4200, 'eur'),
      return_url: `${pages.host.url}/return?session_id={CHECKOUT_SESSION_ID}`,
    });
    await frame.getByRole('radio', { name: 'EPS' }).check();
    await frame.getByRole('textbox', { name: 'Full name' }).fill('Ada Lovelace');
    await frame.getByRole('button', { name: 'Pay €42.00' }).click();
    await pages.page.getByRole('button', { name: 'Complete test payment' }).click();
    await back();
    expect(await pages.statusOf(session.id)).toBe('complete');
  });
});
