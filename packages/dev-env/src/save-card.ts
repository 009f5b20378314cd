import type { Row } from '@onfile/db/database.ts';
import { findPaymentMethod } from '@onfile/db/tables/payment-methods.ts';
import { findCheckoutSession } from '@onfile/db/tables/checkout-sessions.ts';
import { currentTerms, firstPurpose } from '@onfile/payments/agreements/terms.ts';
import { ensureCustomer } from '@onfile/payments/customers/ensure-customer.ts';
import type { Runtime } from '@onfile/payments/runtime.ts';
import { settleCheckoutSession } from '@onfile/payments/setup/settle-checkout-session.ts';
import { startSetup } from '@onfile/payments/setup/start-setup.ts';
import { completeSetup } from './complete-setup.ts';

export interface OnFile {
  customer: Row<'customers'>;
  method: Row<'paymentMethods'>;
  agreementId: string;
}

/** The customer of a shopper known by a name, made at first sight. */
export function customerNamed(runtime: Runtime, name: string): Promise<Row<'customers'>> {
  return ensureCustomer(runtime, { userId: `user-${name}`, email: `${name}@example.com`, name });
}

/** Agrees to the terms and opens a setup Session. @returns its Stripe id and ours */
export async function openSetup(
  runtime: Runtime,
  customer: Row<'customers'>,
): Promise<{ stripeSessionId: string; sessionId: string }> {
  const terms = await currentTerms(runtime, { purpose: firstPurpose, locale: 'en' });
  const started = await startSetup(runtime, {
    customer,
    uiMode: 'embedded_page',
    acceptance: {
      termsVersionId: terms.id,
      accepted: true,
      redisplay: false,
      locale: 'en',
      ipAddress: '203.0.113.7',
      userAgent: 'story',
    },
  });
  if (started.uiMode !== 'embedded_page') throw new Error('the session is not embedded');
  const stripeSessionId = started.clientSecret.split('_secret_')[0] ?? '';
  const row = await runtime.db
    .selectFrom('checkoutSessions')
    .select('id')
    .where('stripeSessionId', '=', stripeSessionId)
    .executeTakeFirstOrThrow();
  return { stripeSessionId, sessionId: row.id };
}

/** The whole way of saving a card: agreement, Checkout, settled. */
export async function saveCard(
  test: { runtime: Runtime; sandbox: { url: string } },
  name: string,
  cardNumber: string,
): Promise<OnFile> {
  const { runtime } = test;
  const customer = await customerNamed(runtime, name);
  const { stripeSessionId, sessionId } = await openSetup(runtime, customer);
  await completeSetup(test, stripeSessionId, cardNumber);
  const result = await settleCheckoutSession(runtime, stripeSessionId, {
    kind: 'shopper',
    id: customer.id,
  });
  if (result?.state !== 'saved') throw new Error(`the card was not saved: ${result?.state}`);
  const method = await findPaymentMethod(runtime.db, result.paymentMethodId);
  const session = await findCheckoutSession(runtime.db, sessionId);
  if (!method || !session?.agreementId) throw new Error('what was saved is gone');
  return { customer: await customerNamed(runtime, name), method, agreementId: session.agreementId };
}
