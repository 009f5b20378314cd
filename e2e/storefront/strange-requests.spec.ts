import { ask, call, refusalOf } from '../fixtures/call-procedure.ts';
import { expectGuardedCookies, expectStrictPolicy } from '../fixtures/page-policy.ts';
import { signUp } from '../fixtures/shopper.ts';
import { expect, story } from '../fixtures/story.ts';

const someMethod = { paymentMethodId: 'meth_00000000000000000000000000' };

story('an unknown procedure is a 404', async ({ request, onfile }) => {
  expect((await ask(request, onfile.storefrontUrl, 'vault.open', {})).status()).toBe(404);
  expect((await call(request, onfile.storefrontUrl, 'vault.open', {})).status()).toBe(404);
});

story('an over-long input is a 400 that names the field', async ({ page, onfile }) => {
  await signUp(page, onfile);
  const stripeSessionId = `cs_test_${'a'.repeat(10_000)}`;
  const asked = await ask(page.request, onfile.storefrontUrl, 'setup.getResult', {
    stripeSessionId,
  });
  expect(asked.status()).toBe(400);
  expect(await refusalOf(asked)).toMatchObject({
    code: 'invalid_input',
    field: 'stripeSessionId',
    sentence: expect.stringContaining('stripeSessionId'),
  });
  const called = await call(page.request, onfile.storefrontUrl, 'paymentMethods.detach', {
    paymentMethodId: `meth_${'0'.repeat(10_000)}`,
  });
  expect(called.status()).toBe(400);
  expect(await refusalOf(called)).toMatchObject({ field: 'paymentMethodId' });
});

story('a mutation from another site, or from nowhere, is a 403', async ({ page, onfile }) => {
  await signUp(page, onfile);
  const { storefrontUrl, adminUrl } = onfile;
  for (const origin of ['https://elsewhere.example', adminUrl, 'null', null]) {
    const answer = await call(
      page.request,
      storefrontUrl,
      'paymentMethods.detach',
      someMethod,
      origin,
    );
    expect(answer.status(), `Origin: ${origin ?? 'none'}`).toBe(403);
  }
  const own = await call(page.request, storefrontUrl, 'paymentMethods.detach', someMethod);
  expect(own.status()).toBe(404);
});

story('a mutation is not to be had by GET', async ({ page, onfile }) => {
  await signUp(page, onfile);
  const answer = await ask(page.request, onfile.storefrontUrl, 'paymentMethods.detach', someMethod);
  expect(answer.status()).toBe(405);
});

story('signed out, a procedure answers 401', async ({ request, onfile }) => {
  const { storefrontUrl } = onfile;
  expect((await ask(request, storefrontUrl, 'paymentMethods.list', {})).status()).toBe(401);
  const called = await call(request, storefrontUrl, 'paymentMethods.detach', someMethod);
  expect(called.status()).toBe(401);
  expect(await refusalOf(called)).toMatchObject({ code: 'not_signed_in' });
});

story(
  'pages come with a strict policy, and the session with guarded cookies',
  async ({ page, onfile }) => {
    await expectStrictPolicy(page, onfile.storefrontUrl);
    await signUp(page, onfile);
    await expectGuardedCookies(page);
    await expectStrictPolicy(page, `${onfile.storefrontUrl}/account/payment-methods/add`);
  },
);

story('an address that no id can have leads to a page that says so', async ({ page, onfile }) => {
  await signUp(page, onfile);
  for (const id of ['nonsense', 'cs_test_nothing']) {
    const path = `/account/payment-methods/return?session_id=${id}`;
    const answer = await page.goto(`${onfile.storefrontUrl}${path}`);
    expect(answer?.status()).toBe(404);
    await expect(page.getByRole('heading', { name: 'Not found' })).toBeVisible();
  }
});
