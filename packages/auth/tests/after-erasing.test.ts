import { openSetup } from '@onfile/dev-env/save-card.ts';
import { describeOnBothDatabases } from '@onfile/dev-env/test-database.ts';
import { openTestRuntime } from '@onfile/dev-env/test-runtime.ts';
import type { TestRuntime } from '@onfile/dev-env/test-runtime.ts';
import { waitUntil } from '@onfile/dev-env/wait-until.ts';
import { erasedAddress } from '@onfile/db/tables/erase-person.ts';
import { findGuest } from '@onfile/payments/customers/find-guest.ts';
import { deliverOutbox } from '@onfile/payments/mail/deliver-outbox.ts';
import { eraseCustomer } from '@onfile/payments/privacy/erase-customer.ts';
import { processInbox } from '@onfile/payments/webhooks/process-inbox.ts';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { eraseShopper } from '../src/erase-shopper.ts';
import { openShopperAuth } from '../src/shopper-auth.ts';
import { chargeThem, findTraces, knownPerson } from './known-person.ts';
import type { KnownPerson } from './known-person.ts';

const charles = { kind: 'operator', id: 'charles' } as const;

describeOnBothDatabases('after a person was erased', (dialect) => {
  let test: TestRuntime;
  let ada: KnownPerson;
  beforeEach(async () => {
    test = await openTestRuntime({ dialect, webhooks: true });
    ada = await knownPerson(test, openShopperAuth(test.runtime), '4242424242424242');
    await chargeThem(test, ada.on);
    // What they were told until now has gone out.
    while ((await deliverOutbox(test.runtime)) > 0);
    await eraseCustomer(test.runtime, {
      who: ada.customer.id,
      by: charles,
      eraseLogin: eraseShopper,
    });
  });
  afterEach(() => test.close());

  async function untilTold(type: string, objectId: string): Promise<void> {
    await waitUntil(`${type} is told`, async () => {
      await processInbox(test.runtime);
      return test.runtime.db
        .selectFrom('stripeEvents')
        .select('id')
        .where('type', '=', type)
        .where('objectId', '=', objectId)
        .where('status', '=', 'handled')
        .executeTakeFirst();
    });
  }

  it('no cookie and no page that was open makes them a customer again', async () => {
    expect(await findGuest(test.runtime, ada.customer.id)).toBeUndefined();
    const late = openSetup(test.runtime, ada.customer);
    await expect(late).rejects.toMatchObject({ code: 'customer_erased' });
  });

  it('a refund in the Dashboard is settled, and mailed to nobody', async () => {
    const { db, stripe } = test.runtime;
    const { stripePaymentIntentId } = await db
      .selectFrom('paymentIntents')
      .select('stripePaymentIntentId')
      .executeTakeFirstOrThrow();
    const { id } = await stripe.refunds.create({ payment_intent: stripePaymentIntentId });
    await untilTold('refund.created', id);
    const refunds = await db.selectFrom('refunds').selectAll().execute();
    expect(refunds).toMatchObject([{ stripeRefundId: id, status: 'succeeded' }]);
    const waiting = db
      .selectFrom('outbox')
      .selectAll()
      .where('toAddress', '=', erasedAddress)
      .where('status', '=', 'pending');
    expect(await waiting.execute()).toEqual([]);
  });

  it('a card that is attached to them at Stripe is not taken up', async () => {
    const { db, stripe } = test.runtime;
    const customer = await db
      .selectFrom('customers')
      .select('stripeCustomerId')
      .where('stripeCustomerId', 'is not', null)
      .executeTakeFirstOrThrow();
    const { id } = await stripe.paymentMethods.attach('pm_card_mastercard', {
      customer: customer.stripeCustomerId ?? '',
    });
    await untilTold('payment_method.attached', id);
    const methods = await db.selectFrom('paymentMethods').select('status').execute();
    expect(methods).toEqual([{ status: 'detached' }]);
    expect((await findTraces(test)).filter((found) => !found.startsWith('stripe_events'))).toEqual(
      [],
    );
  });
});
