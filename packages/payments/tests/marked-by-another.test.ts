import { saveCard } from '@onfile/dev-env/save-card.ts';
import { staffCharge } from '@onfile/dev-env/staff-charge.ts';
import { describeOnBothDatabases } from '@onfile/dev-env/test-database.ts';
import { openTestRuntime } from '@onfile/dev-env/test-runtime.ts';
import type { TestRuntime } from '@onfile/dev-env/test-runtime.ts';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { chargeSavedMethod } from '../src/charging/charge-saved-method.ts';
import { followDrift } from '../src/drift/follow-drift.ts';
import { requestDrift } from '../src/drift/plan-drift.ts';
import { newId } from '../src/ids.ts';

const actor = { kind: 'staff', id: 'ann' } as const;

describeOnBothDatabases(
  'a payment at Stripe that bears our mark and is unknown here',
  (dialect) => {
    let test: TestRuntime;
    beforeEach(async () => {
      test = await openTestRuntime({ dialect });
    });
    afterEach(() => test.close());

    async function compare(extent: 'sample' | 'full', isRepairing = false) {
      const { id } = await requestDrift(test.runtime, { extent, isRepairing, actor });
      return followDrift(test.runtime, id, () => undefined);
    }

    /** What another Onfile at the same account leaves there: its own customer, its own payment. */
    async function chargedByAnother() {
      const { stripe } = test.runtime;
      const customer = await stripe.customers.create({ payment_method: 'pm_card_visa' });
      const [card] = (await stripe.customers.listPaymentMethods(customer.id)).data;
      return stripe.paymentIntents.create({
        amount: 900,
        currency: 'usd',
        customer: customer.id,
        payment_method: card?.id ?? '',
        confirm: true,
        automatic_payment_methods: { enabled: true, allow_redirects: 'never' },
        metadata: { onfile_payment: newId('payment') },
      });
    }

    async function chargedHere() {
      const on = await saveCard(test, 'ada', '4242424242424242');
      const answer = await chargeSavedMethod(test.runtime, staffCharge(on));
      if (answer.kind === 'duplicate') throw new Error('taken for a duplicate');
      const [intent] = await test.control.objects('payment_intent');
      return {
        customer: on.customer,
        stripeId: String(intent?.['id']),
        paymentId: answer.payment.id,
      };
    }

    it('is no drift when it is of a customer who is unknown as well; all of them are named on demand', async () => {
      const { id, metadata } = await chargedByAnother();
      await chargedHere();
      expect(await compare('sample')).toMatchObject({ found: [], strays: [] });
      expect(await compare('full', true)).toMatchObject({
        found: [],
        strays: [
          {
            kind: 'intent_stray',
            stripeId: id,
            subjectId: metadata['onfile_payment'],
            stripes: 'succeeded, $9.00 received',
            repairedAt: null,
            repairError: null,
          },
        ],
      });
    });

    it('is drift when its customer is one of ours, and names the customer', async () => {
      const { customer, stripeId } = await chargedHere();
      for (const table of ['attempts', 'paymentIntents', 'payments'] as const) {
        await test.runtime.db.deleteFrom(table).execute();
      }
      const lost = {
        kind: 'intent_unknown_here',
        stripeId,
        subjectKind: 'customer',
        subjectId: customer.id,
      };
      expect(await compare('sample')).toMatchObject({ found: [lost], strays: [] });
      const { found } = await compare('full', true);
      expect(found).toMatchObject([{ ...lost, repairedAt: null }]);
      expect(found[0]?.repairError).toBeTruthy();
    });

    it('is drift when its payment is known, and is settled', async () => {
      const { paymentId, stripeId } = await chargedHere();
      await test.runtime.db.deleteFrom('attempts').execute();
      await test.runtime.db.deleteFrom('paymentIntents').execute();
      const { found, strays } = await compare('full', true);
      expect(strays).toEqual([]);
      expect(found).toMatchObject([
        {
          kind: 'intent_unknown_here',
          stripeId,
          subjectKind: 'payment',
          subjectId: paymentId,
          repairedAt: expect.any(Number) as number,
        },
      ]);
    });
  },
);
