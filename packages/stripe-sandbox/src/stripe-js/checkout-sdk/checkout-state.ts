import type { StripeCheckoutContact, StripeCheckoutElementsSdkOptions } from '@stripe/stripe-js';
import type { CheckoutView } from '../../checkout/checkout-view.ts';
import type { ElementCore } from '../element-core.ts';
import type { FrameLook } from '../element-messages.ts';
import type { Listeners } from '../event-listeners.ts';
import { getFromSandbox } from '../sandbox-client.ts';
import type { Answer, SandboxClient } from '../sandbox-client.ts';

/** What the page told Checkout about the shopper; sent when it confirms. */
export type Shopper = {
  email: string | null;
  phoneNumber: string | null;
  billingAddress: StripeCheckoutContact | null;
  shippingAddress: StripeCheckoutContact | null;
  individualName: string | null;
  businessName: string | null;
};

/** The inside of what `initCheckoutElementsSdk` gives. */
export type CheckoutState = {
  client: SandboxClient;
  options: StripeCheckoutElementsSdkOptions;
  look: FrameLook;
  listeners: Listeners;
  sessionId: string;
  secret: string;
  view: CheckoutView | null;
  shopper: Shopper;
  paymentCore: ElementCore | null;
  /** `confirm` or `runServerUpdate` is under way. */
  busy: boolean;
  /** The page has read the total that it confirms: Stripe insists that prices are shown. */
  totalRead: boolean;
  lastError: string | null;
};

export type LoadedState = CheckoutState & { view: CheckoutView };

/** Asks the sandbox how the session stands. */
export async function fetchView(
  client: SandboxClient,
  sessionId: string,
  secret: string,
): Promise<Answer<CheckoutView>> {
  const query = `client_secret=${encodeURIComponent(secret)}`;
  const path = `/v1/payment_pages/${encodeURIComponent(sessionId)}?${query}`;
  const answer = await getFromSandbox<{ session: CheckoutView }>(client, path);
  return answer.ok ? { ok: true, body: answer.body.session } : answer;
}
