import type { Row } from '@onfile/db/database.ts';
import { insertCustomer } from '@onfile/db/tables/customers.ts';
import { findPaymentMethod } from '@onfile/db/tables/payment-methods.ts';
import { findCheckoutSession } from '@onfile/db/tables/checkout-sessions.ts';
import type { Purpose } from '@onfile/payments/agreements/purposes.ts';
import { currentTerms, firstLocale, firstPurpose } from '@onfile/payments/agreements/terms.ts';
import { ensureCustomer } from '@onfile/payments/customers/ensure-customer.ts';
import { getCustomer } from '@onfile/payments/customers/get-customer.ts';
import { newId } from '@onfile/payments/ids.ts';
import type { Runtime } from '@onfile/payments/runtime.ts';
import type { CheckoutWay } from '@onfile/payments/settings.ts';
import { settleCheckoutSession } from '@onfile/payments/setup/settle-checkout-session.ts';
import { startSetup } from '@onfile/payments/setup/start-setup.ts';
import type { TypedMethod } from './complete-setup.ts';
import { completeSetup } from './complete-setup.ts';

export interface OnFile {
  customer: Row<'customers'>;
  method: Row<'paymentMethods'>;
  agreementId: string;
}

/** The customer of a shopper known by a name, made at first sight. */
export function customerNamed(runtime: Runtime, name: string): Promise<Row<'customers'>> {
  const userId = `user-${name}`;
  const email = `${name}@example.com`;
  return ensureCustomer(runtime, { userId, email, name, emailVerified: true });
}

/** Somebody without an account. */
export async function guestNamed(runtime: Runtime, name: string): Promise<Row<'customers'>> {
  const now = runtime.clock.now();
  const id = newId('customer');
  await insertCustomer(runtime.db, {
    id,
    authUserId: null,
    email: `${name}@example.com`,
    name: null,
    createdAt: now,
    updatedAt: now,
  });
  return getCustomer(runtime.db, id);
}

/** Agrees to the terms and opens a setup Session. @returns its Stripe id and ours */
export async function openSetup(
  runtime: Runtime,
  customer: Row<'customers'>,
  given: { uiMode?: CheckoutWay; purpose?: Purpose; redisplay?: boolean } = {},
): Promise<{ stripeSessionId: string; sessionId: string }> {
  const terms = await currentTerms(runtime, {
    purpose: given.purpose ?? firstPurpose,
    locale: firstLocale,
  });
  const started = await startSetup(runtime, {
    customer,
    uiMode: given.uiMode ?? 'embedded_page',
    acceptance: {
      termsVersionId: terms.id,
      accepted: true,
      redisplay: given.redisplay ?? false,
      ipAddress: '203.0.113.7',
      userAgent: 'story',
    },
  });
  const opened = started.uiMode === 'hosted_page' ? started.url : started.clientSecret;
  const stripeSessionId = /cs_test_[A-Za-z0-9]+/.exec(opened)?.[0] ?? '';
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
  typed: string | TypedMethod,
  given: { redisplay?: boolean } = {},
): Promise<OnFile> {
  const { runtime } = test;
  const customer = await customerNamed(runtime, name);
  const { stripeSessionId, sessionId } = await openSetup(runtime, customer, given);
  await completeSetup(test, stripeSessionId, typed);
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
