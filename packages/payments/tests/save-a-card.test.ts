import { completeSetup } from '@onfile/dev-env/complete-setup.ts';
import { customerNamed, openSetup, saveCard } from '@onfile/dev-env/save-card.ts';
import { describeOnBothDatabases } from '@onfile/dev-env/test-database.ts';
import type { Dialect } from '@onfile/dev-env/test-database.ts';
import { openAnotherRuntime, openTestRuntime } from '@onfile/dev-env/test-runtime.ts';
import type { TestRuntime } from '@onfile/dev-env/test-runtime.ts';
import { waitUntil } from '@onfile/dev-env/wait-until.ts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { hashTerms, sectionsOf } from '../src/agreements/terms.ts';
import type { Settings } from '../src/settings.ts';
import { getSetupResult } from '../src/setup/get-setup-result.ts';
import { startSetup } from '../src/setup/start-setup.ts';
import { processInbox } from '../src/webhooks/process-inbox.ts';

describeOnBothDatabases('saving a card', (dialect) => {
  describe.each(['customers', 'accounts_v2'] as const)('for %s', (model) => {
    savingACard(dialect, model);
  });
});

function savingACard(dialect: Dialect, model: Settings['customers']['model']): void {
  let test: TestRuntime;
  beforeEach(async () => {
    const settings = { customers: { model, accountsVersion: null } };
    test = await openTestRuntime({ dialect, webhooks: true, settings });
  });
  afterEach(() => test.close());

  const rows = (table: 'paymentMethods' | 'agreements' | 'auditLog' | 'stripeEvents') =>
    test.runtime.db.selectFrom(table).selectAll().execute();

  it('keeps the words, the cap and the circumstances of the agreement with the card', async () => {
    const { method, agreementId, customer } = await saveCard(test, 'ada', '4242424242424242');
    expect(method).toMatchObject({ brand: 'visa', last4: '4242', status: 'attached' });
    const agreement = await test.runtime.db
      .selectFrom('agreements')
      .innerJoin('termsVersions', 'termsVersions.id', 'agreements.termsVersionId')
      .selectAll('agreements')
      .select('termsVersions.sections')
      .where('agreements.id', '=', agreementId)
      .executeTakeFirstOrThrow();
    expect(agreement).toMatchObject({
      customerId: customer.id,
      status: 'active',
      capAmountMinor: 50_000,
      currency: 'usd',
      ipAddress: '203.0.113.7',
    });
    expect(hashTerms(sectionsOf(agreement))).toBe(agreement.termsHash);
  });

  it('starts nothing without the tick, and nothing under outdated terms', async () => {
    const customer = await customerNamed(test.runtime, 'ada');
    const acceptance = { redisplay: false, ipAddress: null, userAgent: null };
    const start = (accepted: boolean, termsVersionId: string) =>
      startSetup(test.runtime, {
        customer,
        uiMode: 'hosted_page',
        acceptance: { ...acceptance, accepted, termsVersionId },
      });
    await expect(start(false, 'terms_x')).rejects.toMatchObject({ code: 'terms_not_accepted' });
    await expect(start(true, 'terms_x')).rejects.toMatchObject({ code: 'terms_outdated' });
    expect(await rows('agreements')).toHaveLength(0);
    expect(await test.control.requests({ method: 'POST', path: '/v1/checkout/sessions' })).toEqual(
      [],
    );
  });

  it('ends in the same rows when the return page and the webhook settle at the same time', async () => {
    const { runtime } = test;
    const customer = await customerNamed(runtime, 'ada');
    const { stripeSessionId } = await openSetup(runtime, customer);
    await completeSetup(test, stripeSessionId, '4242424242424242');
    await waitUntil('the completed event is stored', async () =>
      (await rows('stripeEvents')).find(
        (e) => 'type' in e && e.type === 'checkout.session.completed',
      ),
    );
    const worker = openAnotherRuntime(test, 'worker');
    const page = openAnotherRuntime(test, 'page');
    const ask = () => getSetupResult(page.runtime, { customerId: customer.id, stripeSessionId });
    const settled = await Promise.all([
      ask(),
      processInbox(worker.runtime),
      processInbox(runtime),
      ask(),
    ]);
    const afterwards = await ask();
    await Promise.all([worker.close(), page.close()]);

    expect(settled[0]).toEqual(settled[3]);
    expect(settled[0]).toMatchObject({ state: 'saved' });
    expect(await rows('paymentMethods')).toHaveLength(1);
    const saved = (await rows('auditLog')).filter(
      (fact) => 'action' in fact && fact.action === 'payment_method.saved',
    );
    expect(saved).toHaveLength(1);
    expect(afterwards).toEqual(settled[0]);
  });

  it('shows somebody else’s session to nobody', async () => {
    const { stripeSessionId } = await openSetup(
      test.runtime,
      await customerNamed(test.runtime, 'ada'),
    );
    const eve = await customerNamed(test.runtime, 'eve');
    const ask = getSetupResult(test.runtime, { customerId: eve.id, stripeSessionId });
    await expect(ask).rejects.toMatchObject({ code: 'not_found' });
  });

  it('says open before the shopper has done anything, and expired when it is too late', async () => {
    const customer = await customerNamed(test.runtime, 'ada');
    const { stripeSessionId } = await openSetup(test.runtime, customer);
    const ask = () => getSetupResult(test.runtime, { customerId: customer.id, stripeSessionId });
    expect(await ask()).toEqual({ state: 'open', continueUrl: null });
    await test.runtime.stripe.checkout.sessions.expire(stripeSessionId);
    expect(await ask()).toEqual({ state: 'expired' });
  });

  it('makes one customer at Stripe when the shopper starts twice at once', async () => {
    const customer = await customerNamed(test.runtime, 'ada');
    await Promise.all([openSetup(test.runtime, customer), openSetup(test.runtime, customer)]);
    const made = {
      customer: (await test.control.objects('customer')).length,
      account: (await test.control.objects('v2.core.account')).length,
    };
    expect(made).toEqual(
      model === 'customers' ? { customer: 1, account: 0 } : { customer: 0, account: 1 },
    );
  });

  it('keeps a customer in the model in which it was made when the setting changes', async () => {
    const { customer } = await saveCard(test, 'ada', '4242424242424242');
    const other = model === 'customers' ? 'accounts_v2' : 'customers';
    test.runtime.settings.customers.model = other;
    const again = await saveCard(test, 'ada', '5555555555554444');
    expect(again.customer).toEqual(customer);
    const fresh = await saveCard(test, 'bea', '4242424242424242');
    const isAccount = fresh.customer.stripeAccountId !== null;
    expect(isAccount).toBe(other === 'accounts_v2');
  });

  it('names the customer to Stripe in the words of its model', async () => {
    const { customer, method } = await saveCard(test, 'ada', '4242424242424242');
    const held = await test.runtime.stripe.paymentMethods.retrieve(method.stripePaymentMethodId);
    expect(held).toMatchObject(
      model === 'customers'
        ? { customer: customer.stripeCustomerId }
        : { customer: null, customer_account: customer.stripeAccountId },
    );
  });
}
