import type {
  Stripe,
  StripeEmbeddedCheckout,
  StripeEmbeddedCheckoutOptions,
} from '@stripe/stripe-js';
import { idFromClientSecret } from './client-secret.ts';
import { integrationError } from './integration-error.ts';
import { findMountTarget, mountCheckoutFrame } from './mount-checkout-frame.ts';
import type { CheckoutFrame } from './mount-checkout-frame.ts';
import { fetchView } from './checkout-sdk/checkout-state.ts';
import type { SandboxClient } from './sandbox-client.ts';

const CALL = 'createEmbeddedCheckoutPage()';
const HANDLERS = [
  'onComplete',
  'onShippingDetailsChange',
  'onLineItemsChange',
  'onAnalyticsEvent',
] as const;

/** Stripe.js allows one on a page, whichever Stripe object made it. */
let exists = false;

async function readClientSecret(options: StripeEmbeddedCheckoutOptions): Promise<string> {
  const { clientSecret, fetchClientSecret } = options;
  if (clientSecret !== undefined && fetchClientSecret !== undefined) {
    throw integrationError(
      `Invalid options for ${CALL}: pass either clientSecret or fetchClientSecret, not both.`,
    );
  }
  if (fetchClientSecret === undefined) {
    if (clientSecret !== undefined) return clientSecret;
    throw integrationError(
      `Missing value for ${CALL}: fetchClientSecret should be a function that returns a promise ` +
        'of the client secret of a Checkout Session.',
    );
  }
  if (typeof fetchClientSecret !== 'function') {
    throw integrationError(`Invalid value for ${CALL}: fetchClientSecret should be a function.`);
  }
  return fetchClientSecret();
}

function checkOptions(options: StripeEmbeddedCheckoutOptions): void {
  if (typeof options !== 'object' || options === null) {
    throw integrationError(`Missing value for ${CALL}: options should be an object.`);
  }
  const known: readonly string[] = [...HANDLERS, 'clientSecret', 'fetchClientSecret'];
  const unknown = Object.keys(options).find((name) => !known.includes(name));
  if (unknown !== undefined) {
    throw integrationError(`Invalid options for ${CALL}: there is no option ${unknown}.`);
  }
  const wrong = HANDLERS.find(
    (name) => options[name] !== undefined && typeof options[name] !== 'function',
  );
  if (wrong !== undefined) {
    throw integrationError(`Invalid value for ${CALL}: ${wrong} should be a function.`);
  }
}

async function checkSession(
  client: SandboxClient,
  sessionId: string,
  secret: string,
): Promise<void> {
  const answer = await fetchView(client, sessionId, secret);
  if (!answer.ok) throw new Error(answer.error.message);
  const mode = answer.body.ui_mode ?? '';
  if (mode !== 'embedded_page') {
    throw integrationError(
      `You must create a Checkout Session with ui_mode="embedded_page" to use ${CALL}; ` +
        `this one has ui_mode="${mode}".`,
    );
  }
}

function embeddedPage(
  src: string,
  sessionId: string,
  { onComplete, onAnalyticsEvent }: StripeEmbeddedCheckoutOptions,
): StripeEmbeddedCheckout {
  let frame: CheckoutFrame | undefined;
  let destroyed = false;

  const onDone = (redirectUrl: string | null): void => {
    if (redirectUrl !== null) window.location.assign(redirectUrl);
    else onComplete?.();
  };
  const onRendered = (): void =>
    onAnalyticsEvent?.({
      checkoutSession: sessionId,
      eventType: 'checkoutRendered',
      details: {},
      clientMetadata: {},
      timestamp: Date.now(),
    });
  const unmount = (): void => {
    frame?.remove();
    frame = undefined;
  };
  return {
    mount(location) {
      if (destroyed) throw integrationError('This Embedded Checkout object has been destroyed.');
      if (frame) {
        throw integrationError(
          'This Embedded Checkout object is mounted already. Unmount it first.',
        );
      }
      frame = mountCheckoutFrame(findMountTarget(location), src, { onRendered, onDone });
    },
    unmount,
    destroy() {
      unmount();
      if (!destroyed) exists = false;
      destroyed = true;
    },
  };
}

/**
 * `stripe.createEmbeddedCheckoutPage`: fetches the client secret, checks the Session, and resolves
 * to a page that can be mounted. Rejects with an IntegrationError for a second instance on the page,
 * missing or malformed secrets, and Sessions of another ui_mode.
 */
export function createEmbeddedCheckoutPage(
  client: SandboxClient,
): Stripe['createEmbeddedCheckoutPage'] {
  return async (options) => {
    checkOptions(options);
    if (exists) throw integrationError('You cannot have multiple Embedded Checkout objects.');
    exists = true;
    try {
      const secret = await readClientSecret(options);
      const sessionId = idFromClientSecret(secret, 'cs', CALL);
      await checkSession(client, sessionId, secret);
      const src = `${client.origin}/embedded/${encodeURIComponent(sessionId)}#${secret}`;
      return embeddedPage(src, sessionId, options);
    } catch (error) {
      exists = false;
      throw error;
    }
  };
}
