import { saveCard } from '@onfile/dev-env/save-card.ts';
import { staffCharge } from '@onfile/dev-env/staff-charge.ts';
import { describeOnBothDatabases } from '@onfile/dev-env/test-database.ts';
import { openTestRuntime } from '@onfile/dev-env/test-runtime.ts';
import type { TestRuntime } from '@onfile/dev-env/test-runtime.ts';
import { listAttempts } from '@onfile/db/tables/attempts.ts';
import { lockPayment } from '@onfile/db/tables/held-payments.ts';
import { findPayment } from '@onfile/db/tables/payments.ts';
import { inTransaction } from '@onfile/db/transaction.ts';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { stripeOwner } from '../src/customers/stripe-owner.ts';
import { beginAttempt } from '../src/charging/begin-attempt.ts';
import { chargeSavedMethod } from '../src/charging/charge-saved-method.ts';
import { sendAttempt } from '../src/charging/send-attempt.ts';

describeOnBothDatabases('a second attempt', (dialect) => {
  let test: TestRuntime;
  beforeEach(async () => {
    test = await openTestRuntime({ dialect });
  });
  afterEach(() => test.close());

  it('confirms the intent that the declined first one left, with a key of its own', async () => {
    const { runtime } = test;
    const declined = await saveCard(test, 'ada', '4000000000000341');
    const good = await saveCard(test, 'ada', '4242424242424242');
    const answer = await chargeSavedMethod(runtime, staffCharge(declined));
    if (answer.kind === 'duplicate') throw new Error('taken for a duplicate');
    const { id } = answer.payment;
    const begin = () =>
      inTransaction(runtime.db, async (tx) => {
        const payment = await lockPayment(tx, id);
        if (!payment) throw new Error('the payment is gone');
        const owner = stripeOwner(good.customer);
        if (!owner) throw new Error('the customer is not known at Stripe');
        return beginAttempt(tx, runtime, payment, { method: good.method, owner });
      });
    const second = await begin();
    // The database itself allows one open attempt a payment.
    await expect(begin()).rejects.toThrow();
    await sendAttempt(runtime, second);

    expect(await findPayment(runtime.db, id)).toMatchObject({ status: 'succeeded' });
    expect(await listAttempts(runtime.db, id)).toMatchObject([
      { number: 1, status: 'declined', idempotencyKey: `${id}:1` },
      { number: 2, status: 'succeeded', idempotencyKey: `${id}:2` },
    ]);
    expect(await test.control.objects('payment_intent')).toHaveLength(1);
  });
});
