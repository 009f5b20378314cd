import { listOrderPayments } from '@onfile/db/tables/payments.ts';
import { orderWithPlan } from '@onfile/dev-env/place-order.ts';
import { openSetup, saveCard } from '@onfile/dev-env/save-card.ts';
import { openTestRuntime } from '@onfile/dev-env/test-runtime.ts';
import type { TestRuntime } from '@onfile/dev-env/test-runtime.ts';
import { newId } from '@onfile/payments/ids.ts';
import { deliverOutbox } from '@onfile/payments/mail/deliver-outbox.ts';
import { queueMail } from '@onfile/payments/mail/queue-mail.ts';
import { callersOf } from './callers.ts';
import type { World } from './every-call.ts';

/** A shop in which ada has a card, an order, a payment and a mail, for whoever asks for them. */
export async function openWorld(dialect: 'sqlite' | 'postgres'): Promise<World> {
  const test = await openTestRuntime({ dialect });
  const { shopper, staff } = callersOf(test);
  const ada = await saveCard(test, 'ada', '4242424242424242');
  const chargeRequestId = newId('chargeRequest');
  const charge = (change: object = {}) => ({
    chargeRequestId: newId('chargeRequest'),
    customerId: ada.customer.id,
    agreementId: ada.agreementId,
    paymentMethodId: ada.method.id,
    amount: '12.00',
    currency: 'usd',
    reason: 'Late fee',
    ...change,
  });
  const adaSession = (await openSetup(test.runtime, ada.customer)).stripeSessionId;
  const first = await staff('owner').payments.charge(charge({ chargeRequestId, amount: '11.00' }));
  const order = await orderWithPlan(test.runtime, ada.customer, { kind: 'full' });
  const [owed] = await listOrderPayments(test.runtime.db, order.id);
  const [product] = await shopper(null).catalogue.list();
  return {
    test,
    ada,
    adaSession,
    adaOrder: order.id,
    paymentId: first.payment.id,
    owedPaymentId: owed?.id ?? '',
    mailId: await keepMail(test, ada.customer.id),
    slug: product?.slug ?? '',
    chargeRequestId,
    shopper,
    staff,
    charge,
  };
}

/** A mail that was kept because no server is set. */
async function keepMail({ runtime }: TestRuntime, customerId: string): Promise<string> {
  await queueMail(runtime.db, runtime.clock, {
    kind: 'method_removed',
    about: 'this test',
    to: 'ada@example.com',
    data: () => ({ method: 'Visa ending in 4242' }),
    customerId,
  });
  await deliverOutbox(runtime);
  const row = await runtime.db
    .selectFrom('outbox')
    .select('id')
    .where('kind', '=', 'method_removed')
    .executeTakeFirstOrThrow();
  return row.id;
}
