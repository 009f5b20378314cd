import type { Stripe, StripeCheckoutElementsSdkOptions } from '@stripe/stripe-js';
import { idFromClientSecret } from '../client-secret.ts';
import { readAppearance } from '../element-options.ts';
import { createListeners } from '../event-listeners.ts';
import { integrationError } from '../integration-error.ts';
import type { Answer, SandboxClient } from '../sandbox-client.ts';
import { buildCheckoutSession } from './build-checkout-session.ts';
import { buildCheckoutActions } from './checkout-actions.ts';
import { checkoutElements } from './checkout-elements.ts';
import { fetchView } from './checkout-state.ts';
import type { CheckoutState, LoadedState } from './checkout-state.ts';

const CALL = 'initCheckoutElementsSdk()';
const OPTIONS = ['clientSecret', 'elementsOptions', 'adaptivePricing', 'defaultValues'];

function checkOptions(options: StripeCheckoutElementsSdkOptions): void {
  if (typeof options !== 'object' || options === null) {
    throw integrationError(`Missing value for ${CALL}: options should be an object.`);
  }
  if ('fetchClientSecret' in options) {
    throw integrationError(
      `${CALL} no longer accepts fetchClientSecret. Pass clientSecret: a string or a promise of one.`,
    );
  }
  const unknown = Object.keys(options).find((name) => !OPTIONS.includes(name));
  if (unknown !== undefined) {
    throw integrationError(`Invalid options for ${CALL}: there is no option ${unknown}.`);
  }
  const { clientSecret } = options;
  const promised = typeof clientSecret === 'object' && typeof clientSecret?.then === 'function';
  if (typeof clientSecret !== 'string' && !promised) {
    throw integrationError(
      `Missing value for ${CALL}: clientSecret should be a string or a promise of one.`,
    );
  }
  if (typeof clientSecret === 'string') idFromClientSecret(clientSecret, 'cs', CALL);
}

function emptyState(
  client: SandboxClient,
  options: StripeCheckoutElementsSdkOptions,
): CheckoutState {
  const { email, phoneNumber, billingAddress, shippingAddress } = options.defaultValues ?? {};
  return {
    client,
    options,
    look: readAppearance(options.elementsOptions?.appearance),
    listeners: createListeners(),
    sessionId: '',
    secret: '',
    view: null,
    shopper: {
      email: email ?? null,
      phoneNumber: phoneNumber ?? null,
      billingAddress: billingAddress ?? null,
      shippingAddress: shippingAddress ?? null,
      individualName: null,
      businessName: null,
    },
    paymentCore: null,
    busy: false,
    totalRead: false,
    lastError: null,
  };
}

/** Reads the session; rejects with an IntegrationError for one that belongs to another page. */
async function loadState(state: CheckoutState): Promise<Answer<LoadedState>> {
  state.secret = await state.options.clientSecret;
  state.sessionId = idFromClientSecret(state.secret, 'cs', CALL);
  const answer = await fetchView(state.client, state.sessionId, state.secret);
  if (!answer.ok) return answer;
  if (answer.body.ui_mode !== 'elements') {
    throw integrationError(
      `You must create a Checkout Session with ui_mode="elements" to use ${CALL}; ` +
        `this one has ui_mode="${answer.body.ui_mode ?? ''}".`,
    );
  }
  return { ok: true, body: Object.assign(state, { view: answer.body }) };
}

/**
 * `stripe.initCheckoutElementsSdk`: synchronous; the session is loaded at once, and `loadActions`
 * and mounted elements wait for it. Wrong options throw.
 */
export function initCheckoutElementsSdk(client: SandboxClient): Stripe['initCheckoutElementsSdk'] {
  return (options) => {
    checkOptions(options);
    const state = emptyState(client, options);
    const loading = loadState(state);
    // Whoever asks for the session hears of the failure; nobody has to.
    loading.catch(() => undefined);
    const tell = (loaded: LoadedState) => {
      const session = buildCheckoutSession(loaded);
      state.listeners.emit('change', session);
      return { type: 'success' as const, session };
    };
    const changed = (): void => {
      if (state.view !== null) tell(state as LoadedState);
    };
    const elements = checkoutElements(state, { load: () => loading, changed });
    return {
      ...elements.made,
      on: (event, handler) => {
        if (event !== 'change') throw integrationError(`Checkout has no event ${String(event)}.`);
        state.listeners.on(event, handler);
      },
      async loadActions() {
        const loaded = await loading;
        if (!loaded.ok) {
          const message = loaded.error.message ?? 'The Checkout Session could not be loaded.';
          return { type: 'error', error: { message, code: null } };
        }
        const actions = buildCheckoutActions(loaded.body, () => tell(loaded.body));
        return { type: 'success', actions };
      },
      changeAppearance(appearance) {
        state.look = readAppearance(appearance);
        elements.restyle();
      },
      // The frames have the fonts of the machine; others are taken and have no effect.
      loadFonts: () => undefined,
    };
  };
}
