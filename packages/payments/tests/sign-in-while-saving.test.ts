import type { Row } from '@onfile/db/database.ts';
import { completeSetup } from '@onfile/dev-env/complete-setup.ts';
import { customerNamed, guestNamed, openSetup, saveCard } from '@onfile/dev-env/save-card.ts';
import { describeOnBothDatabases } from '@onfile/dev-env/test-database.ts';
import { openTestRuntime } from '@onfile/dev-env/test-runtime.ts';
import type { TestRuntime } from '@onfile/dev-env/test-runtime.ts';
import { afterEach, expect, it } from 'vitest';
import { ensureStripeOwner } from '../src/customers/ensure-stripe-owner.ts';
import { getCustomer } from '../src/customers/get-customer.ts';
import { joinProvenGuests } from '../src/customers/join-proven-guests.ts';
import type { Settings } from '../src/settings.ts';
import { getSetupResult } from '../src/setup/get-setup-result.ts';
import { finishOperations } from '../src/worker/finish-operations.ts';

const visa = '4242424242424242';
const mastercard = '5555555555554444';

describeOnBothDatabases('a guest who signs in while a method is being saved', (dialect) => {
  let test: TestRuntime;
  afterEach(() => test.close());

  /** Somebody with an account that is known at Stripe, who comes back as a guest. */
  async function begin(model: Settings['customers']['model']): Promise<Row<'customers'>> {
    const settings = { customers: { model, accountsVersion: null } };
    test = await openTestRuntime({ dialect, settings });
    await saveCard(test, 'ada', mastercard);
    return guestNamed(test.runtime, 'ada');
  }

  const signIn = (guest: Row<'customers'>) => {
    const { email } = guest;
    const shopper = { userId: 'user-ada', email, name: 'ada', emailVerified: true };
    return joinProvenGuests(test.runtime, shopper, guest.id);
  };

  async function expectSaved(stripeSessionId: string): Promise<void> {
    const account = await customerNamed(test.runtime, 'ada');
    const ask = { customerId: account.id, stripeSessionId };
    expect(await getSetupResult(test.runtime, ask)).toMatchObject({ state: 'saved' });
    const methods = await test.runtime.db.selectFrom('paymentMethods').selectAll().execute();
    expect(methods.map(({ customerId }) => customerId)).toEqual([account.id, account.id]);
  }

  it.each(['customers', 'accounts_v2'] as const)(
    'finds it in the account, when Stripe’s page was opened for the guest (%s)',
    async (model) => {
      const guest = await begin(model);
      await ensureStripeOwner(test.runtime, guest);
      const known = await getCustomer(test.runtime.db, guest.id);
      const { stripeSessionId } = await openSetup(test.runtime, known);
      await signIn(guest);
      await completeSetup(test, stripeSessionId, visa);
      await expectSaved(stripeSessionId);
    },
  );

  it('finds it in the account, when it was to be attached to the guest’s customer', async () => {
    const guest = await begin('customers');
    const { stripeSessionId } = await openSetup(test.runtime, guest);
    await completeSetup(test, stripeSessionId, visa);
    const path = '/v1/payment_methods/*/attach';
    // Twice, since the SDK sends once more by itself when a connection is reset.
    await test.control.fault({ method: 'POST', path, action: 'reset_before', times: 2 });
    const ask = { customerId: guest.id, stripeSessionId };
    expect(await getSetupResult(test.runtime, ask)).toEqual({ state: 'waiting' });
    await signIn(guest);
    test.clock.advance(120_000);
    await finishOperations(test.runtime);
    await expectSaved(stripeSessionId);
  });
});
