import { ask, call, refusalOf } from '../fixtures/call-procedure.ts';
import { expectGuardedCookies, expectStrictPolicy } from '../fixtures/page-policy.ts';
import { signUp } from '../fixtures/shopper.ts';
import { signInAsOwner } from '../fixtures/staff.ts';
import { expect, story } from '../fixtures/story.ts';

const someId = '00000000000000000000000000';
const someCustomer = { customerId: `cust_${someId}` };
const someCharge = {
  ...someCustomer,
  chargeRequestId: `chreq_${someId}`,
  agreementId: `agr_${someId}`,
  paymentMethodId: `meth_${someId}`,
  amount: '10.99',
  currency: 'usd',
  reason: 'Deposit',
};

story('an unknown procedure is a 404', async ({ request, onfile }) => {
  expect((await ask(request, onfile.adminUrl, 'vault.open', {})).status()).toBe(404);
  expect((await call(request, onfile.adminUrl, 'vault.open', {})).status()).toBe(404);
});

story('an over-long input is a 400 that names the field', async ({ page, onfile }) => {
  await signInAsOwner(page, onfile);
  const email = 'a'.repeat(255);
  const asked = await ask(page.request, onfile.adminUrl, 'customers.find', { email });
  expect(asked.status()).toBe(400);
  expect(await refusalOf(asked)).toMatchObject({ code: 'invalid_input', field: 'email' });
  const called = await call(page.request, onfile.adminUrl, 'payments.charge', {
    ...someCharge,
    reason: 'a'.repeat(201),
  });
  expect(called.status()).toBe(400);
  expect(await refusalOf(called)).toMatchObject({
    code: 'invalid_input',
    field: 'reason',
    sentence: expect.stringContaining('reason'),
  });
});

story('a mutation from another site, or from nowhere, is a 403', async ({ page, onfile }) => {
  await signInAsOwner(page, onfile);
  const { adminUrl, storefrontUrl } = onfile;
  for (const origin of ['https://elsewhere.example', storefrontUrl, 'null', null]) {
    const answer = await call(page.request, adminUrl, 'payments.charge', someCharge, origin);
    expect(answer.status(), `Origin: ${origin ?? 'none'}`).toBe(403);
  }
  const own = await call(page.request, adminUrl, 'payments.charge', someCharge);
  expect(own.status()).toBe(404);
});

story('a mutation is not to be had by GET', async ({ page, onfile }) => {
  await signInAsOwner(page, onfile);
  const answer = await ask(page.request, onfile.adminUrl, 'payments.charge', someCharge);
  expect(answer.status()).toBe(405);
});

story(
  'signed out, or with a shopper’s cookies, a procedure answers 401',
  async ({ page, request, onfile }) => {
    await signUp(page, onfile);
    for (const caller of [request, page.request]) {
      const { adminUrl } = onfile;
      expect((await ask(caller, adminUrl, 'customers.find', { email: 'a' })).status()).toBe(401);
      expect((await ask(caller, adminUrl, 'customers.get', someCustomer)).status()).toBe(401);
      expect((await call(caller, adminUrl, 'payments.openCharge', someCustomer)).status()).toBe(
        401,
      );
      expect((await call(caller, adminUrl, 'payments.charge', someCharge)).status()).toBe(401);
    }
  },
);

story(
  'each app has cookies of its own, and neither’s value opens the other',
  async ({ page, request, onfile }) => {
    await expectStrictPolicy(page, `${onfile.adminUrl}/sign-in`);
    await signInAsOwner(page, onfile);
    await expectStrictPolicy(page, onfile.adminUrl);
    const staffCookies = await expectGuardedCookies(page);
    await page.context().clearCookies();
    await signUp(page, onfile);
    const shopperCookies = await expectGuardedCookies(page);
    expect(shopperCookies.filter((name) => staffCookies.includes(name))).toEqual([]);

    // The shopper's sealed session under the staff's name.
    const [session] = await page.context().cookies();
    const [staffName] = staffCookies;
    const answer = await request.get(onfile.adminUrl, {
      headers: { cookie: `${staffName ?? ''}=${session?.value ?? ''}` },
      maxRedirects: 0,
    });
    expect(answer.status()).toBe(303);
    expect(answer.headers()['location']).toContain('/sign-in');
  },
);

story('an address that no id can have leads to a page that says so', async ({ page, onfile }) => {
  await signInAsOwner(page, onfile);
  for (const path of ['/customers/nonsense', `/customers/cust_${someId}`, '/payments/nonsense']) {
    const answer = await page.goto(`${onfile.adminUrl}${path}`);
    expect(answer?.status(), path).toBe(404);
    await expect(page.getByRole('heading', { name: 'Not found' })).toBeVisible();
  }
});
