import { setImmediate as turn } from 'node:timers/promises';
import { testAccounts } from '@onfile/dev-env/complete-setup.ts';
import { publishTermsIn } from '@onfile/dev-env/publish-terms-in.ts';
import { countWaitingForLocks } from '@onfile/dev-env/row-locks.ts';
import { saveCard } from '@onfile/dev-env/save-card.ts';
import { describeOnBothDatabases } from '@onfile/dev-env/test-database.ts';
import { openTestRuntime } from '@onfile/dev-env/test-runtime.ts';
import type { TestRuntime } from '@onfile/dev-env/test-runtime.ts';
import { waitUntil } from '@onfile/dev-env/wait-until.ts';
import { lockCustomer } from '@onfile/db/tables/customers.ts';
import { findPaymentMethod } from '@onfile/db/tables/payment-methods.ts';
import { inTransaction } from '@onfile/db/transaction.ts';
import type Stripe from 'stripe';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Asking } from '../src/webhooks/asking.ts';
import { openAsking } from '../src/webhooks/asking.ts';
import { handleMandate } from '../src/webhooks/handlers/mandate.ts';

describeOnBothDatabases('two mandates of one account', (dialect) => {
  let test: TestRuntime;
  beforeEach(async () => {
    test = await openTestRuntime({ dialect });
  });
  afterEach(() => test.close());

  /** An account whose owner gave a second mandate and took the first back, of which nothing came yet. */
  async function agreedAgain() {
    const { runtime } = test;
    await publishTermsIn(runtime, { purpose: 'balances_and_fees', currency: 'eur' });
    const { customer, method } = await saveCard(test, 'ada', testAccounts.sepa);
    const setUp = await runtime.stripe.setupIntents.create({
      customer: String(customer.stripeCustomerId),
      payment_method: method.stripePaymentMethodId,
      automatic_payment_methods: { enabled: true, allow_redirects: 'never' },
      mandate_data: { customer_acceptance: { type: 'offline', offline: {} } },
      confirm: true,
    });
    const older = String(method.stripeMandateId);
    const revoke = `${test.sandbox.url}/_sandbox/mandates/${older}/revoke`;
    const headers = { 'content-type': 'application/json' };
    const answer = await fetch(revoke, { method: 'POST', headers, body: '{}' });
    expect(answer.status).toBe(200);
    return { customer, method, older, newer: setUp.mandate as string };
  }

  /** What Stripe says of each is known before either is written. */
  async function askedBefore(ids: string[]): Promise<Asking> {
    const asking = openAsking(test.runtime);
    for (const id of ids) {
      await asking.once(`mandate ${id}`, async () => ({
        asOf: test.clock.now(),
        mandate: await test.runtime.stripe.mandates.retrieve(id),
      }));
    }
    return asking;
  }

  const handle = (id: string, asking: Asking) => {
    const event = { id: `evt_${id}`, data: { object: { id } } };
    return handleMandate(test.runtime, event as unknown as Stripe.Event, asking);
  };

  it('leave the newer one in force, although the older one’s end is handled beside it', async () => {
    const { customer, method, older, newer } = await agreedAgain();
    const { db } = test.runtime;
    const asking = await askedBefore([older, newer]);
    const waiting = (count: number) =>
      dialect === 'postgres'
        ? waitUntil(`${String(count)} wait`, async () => (await countWaitingForLocks(db)) >= count)
        : turn();
    const handled: Promise<void>[] = [];
    await inTransaction(db, async (tx) => {
      await lockCustomer(tx, customer.id);
      for (const id of [newer, older]) {
        handled.push(handle(id, asking));
        await waiting(handled.length);
      }
    });
    await Promise.all(handled);
    expect(await findPaymentMethod(db, method.id)).toMatchObject({
      stripeMandateId: newer,
      mandateStatus: 'active',
    });
    expect(await db.selectFrom('outbox').select('kind').execute()).not.toContainEqual({
      kind: 'mandate_ended',
    });
  });

  it('leave the newer one in force in either order', async () => {
    const { method, older, newer } = await agreedAgain();
    const asking = await askedBefore([older, newer]);
    await handle(older, asking);
    expect(await findPaymentMethod(test.runtime.db, method.id)).toMatchObject({
      stripeMandateId: older,
      mandateStatus: 'inactive',
    });
    for (const id of [newer, older]) await handle(id, asking);
    expect(await findPaymentMethod(test.runtime.db, method.id)).toMatchObject({
      stripeMandateId: newer,
      mandateStatus: 'active',
    });
  });
});
