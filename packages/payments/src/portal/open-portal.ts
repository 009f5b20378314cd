import Stripe from 'stripe';
import type { Row } from '@onfile/db/database.ts';
import { ensureStripeOwner } from '../customers/ensure-stripe-owner.ts';
import { Refusal } from '../refusal.ts';
import type { Runtime } from '../runtime.ts';
import { isPassing } from '../stripe/classify-error.ts';

/**
 * A link to Stripe's own page for a shopper's payment methods, good for minutes and made for one
 * visit; the call changes nothing, so it is not written down. What is changed there arrives by
 * webhook.
 * @returns the address to send the shopper to
 * @throws Refusal `customer_portal_off`, `stripe_unavailable`, `stripe_refused` where the portal is
 *   not set up at Stripe
 */
export async function openPortal(runtime: Runtime, customer: Row<'customers'>): Promise<string> {
  const { settings, stripe } = runtime;
  if (!settings.customerPortal) throw new Refusal('customer_portal_off');
  const owner = await ensureStripeOwner(runtime, customer);
  try {
    const session = await stripe.billingPortal.sessions.create({
      ...owner,
      return_url: `${settings.storefrontOrigin}/account/payment-methods`,
    });
    return session.url;
  } catch (error) {
    if (!(error instanceof Stripe.errors.StripeError)) throw error;
    runtime.log.warn({ code: error.code, status: error.statusCode }, 'portal not opened');
    throw new Refusal(isPassing(error) ? 'stripe_unavailable' : 'stripe_refused');
  }
}
