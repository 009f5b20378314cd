import type {
  StripeCheckoutConfirmResult,
  StripeCheckoutLoadActionsSuccess,
  StripeError,
} from '@stripe/stripe-js';
import { runChallengeModal } from '../challenge-modal.ts';
import type { MethodExtras } from '../element-messages.ts';
import { leaveFor } from '../follow-next-action.ts';
import { integrationError } from '../integration-error.ts';
import { makeMethod } from '../make-method.ts';
import { postJsonToSandbox } from '../sandbox-client.ts';
import type { Answer } from '../sandbox-client.ts';
import { buildCheckoutSession } from './build-checkout-session.ts';
import { fetchView } from './checkout-state.ts';
import type { LoadedState, Shopper } from './checkout-state.ts';

type Args = NonNullable<Parameters<StripeCheckoutLoadActionsSuccess['confirm']>[0]>;
type Confirmed =
  | { status: 'complete'; redirect_url: string | null }
  | {
      status: 'requires_action';
      kind?: 'challenge' | 'redirect';
      challenge_url: string;
      intent_id: string;
    };
type Outcome = { ok: true; redirectUrl: string | null } | { ok: false; error: StripeError };

const KNOWN = [
  'returnUrl',
  'redirect',
  'paymentMethod',
  'savePaymentMethod',
  'email',
  'phoneNumber',
  'billingAddress',
  'shippingAddress',
  'expressCheckoutConfirmEvent',
  'formConfirmEvent',
  'onRequiresApproval',
];

/** The mistakes of a page, which Stripe throws; everything else resolves (stripe.md 9.3). */
function checkCall(state: LoadedState, args: Args): void {
  const { view } = state;
  const unknown = Object.keys(args).find((name) => !KNOWN.includes(name));
  if (unknown !== undefined) throw integrationError(`confirm() has no parameter ${unknown}.`);
  if (view.mode === 'payment' && !state.totalRead) {
    throw integrationError(
      'You must read `session.total.total.amount` and show it to your customer before you call confirm().',
    );
  }
  if (args.redirect !== undefined && !['always', 'if_required'].includes(args.redirect)) {
    throw integrationError(
      'Invalid value for confirm(): redirect should be always or if_required.',
    );
  }
  if (args.returnUrl !== undefined) {
    if (view.return_url !== null) {
      throw integrationError(
        'You cannot pass returnUrl to confirm() when return_url was set on the Checkout Session.',
      );
    }
    if (!/^https?:\/\//.test(args.returnUrl) || !URL.canParse(args.returnUrl)) {
      throw integrationError('Invalid value for confirm(): returnUrl should be an absolute URL.');
    }
  } else if (view.return_url === null && args.redirect !== 'if_required') {
    throw integrationError(
      "confirm() needs a returnUrl: pass one, set return_url on the Checkout Session, or pass redirect: 'if_required'.",
    );
  }
  if (args.email !== undefined && view.customer_email_fixed) {
    throw integrationError(
      'You cannot pass email to confirm(): the Checkout Session has an email already.',
    );
  }
  const saved = view.saved_payment_methods.some(({ id }) => id === args.paymentMethod);
  if (args.paymentMethod !== undefined && !saved) {
    throw integrationError(
      'Invalid value for confirm(): paymentMethod should be the id of one of session.savedPaymentMethods.',
    );
  }
  if (args.paymentMethod === undefined && !state.paymentCore?.isMounted()) {
    throw integrationError('confirm() needs a mounted Payment Element, or a paymentMethod.');
  }
}

function extrasOf({ individualName, email, phoneNumber, billingAddress }: Shopper): MethodExtras {
  const { name = null, address } = billingAddress ?? {};
  const details = {
    email,
    phone: phoneNumber,
    name: name ?? individualName,
    ...(address ? { address } : {}),
  };
  const given = Object.entries(details).filter(([, value]) => value !== null);
  return { billing_details: Object.fromEntries(given) };
}

/** A saved card by its id, or what stands in the Payment Element. */
async function readMethod(state: LoadedState, args: Args, shopper: Shopper) {
  if (args.paymentMethod !== undefined || state.paymentCore === null) {
    return { ok: true, id: args.paymentMethod ?? '', save: false } as const;
  }
  const email = state.view.customer_email ?? shopper.email;
  const made = await makeMethod(state.paymentCore, extrasOf({ ...shopper, email }));
  return made.ok ? ({ ok: true, id: made.paymentMethod.id, save: made.save } as const) : made;
}

async function submit(state: LoadedState, args: Args, shopper: Shopper): Promise<Outcome> {
  const { client, sessionId, secret, view } = state;
  const method = await readMethod(state, args, shopper);
  if (!method.ok) return method;
  const answer: Answer<Confirmed> = await postJsonToSandbox(
    client,
    `/v1/payment_pages/${encodeURIComponent(sessionId)}/confirm`,
    {
      client_secret: secret,
      payment_method: method.id,
      savePaymentMethod: args.savePaymentMethod ?? method.save,
      ...(view.amount_total === null ? {} : { expected_amount: view.amount_total }),
      ...(args.returnUrl === undefined ? {} : { return_url: args.returnUrl }),
      ...(shopper.email === null ? {} : { email: shopper.email }),
    },
  );
  if (!answer.ok) return answer;
  if (answer.body.status === 'complete') return { ok: true, redirectUrl: answer.body.redirect_url };
  const { kind, challenge_url: url, intent_id: intentId } = answer.body;
  if (kind === 'redirect') return leaveFor(url);
  await runChallengeModal(client.origin, url, intentId);
  return afterChallenge(state, args);
}

/** The frame's word alone is not enough: the sandbox says how the session stands. */
async function afterChallenge(state: LoadedState, args: Args): Promise<Outcome> {
  const view = await fetchView(state.client, state.sessionId, state.secret);
  if (!view.ok) return view;
  if (view.body.status === 'complete') {
    const url = args.returnUrl ?? view.body.return_url;
    const filled = url?.replaceAll('{CHECKOUT_SESSION_ID}', view.body.id) ?? null;
    return { ok: true, redirectUrl: filled };
  }
  const {
    message,
    code,
    decline_code: declineCode,
  } = view.body.last_payment_error ?? {
    message: 'Your card was not authenticated.',
    code: null,
    decline_code: null,
  };
  return {
    ok: false,
    error: {
      type: 'card_error',
      message,
      ...(code === null ? {} : { code }),
      ...(declineCode === null ? {} : { decline_code: declineCode }),
    },
  };
}

function failed(error: StripeError): StripeCheckoutConfirmResult {
  const message = error.message ?? 'Something went wrong.';
  if (error.type !== 'card_error') return { type: 'error', error: { message, code: null } };
  const declineCode = error.decline_code ?? error.code ?? null;
  return {
    type: 'error',
    error: { message, code: 'paymentFailed', paymentFailed: { declineCode } },
  };
}

/** `actions.confirm`: throws for mistakes, resolves to an error for a bank's no. */
export async function confirmCheckout(
  state: LoadedState,
  args: Args,
  changed: () => void,
): Promise<StripeCheckoutConfirmResult> {
  checkCall(state, args);
  const { view } = state;
  const message = `The Checkout Session is not open: it has a status of ${view.status ?? ''}.`;
  if (view.status !== 'open') return { type: 'error', error: { message, code: null } };
  if (state.busy) {
    return { type: 'error', error: { message: 'A confirm() is in progress.', code: null } };
  }
  const shopper = {
    ...state.shopper,
    ...(args.email === undefined ? {} : { email: args.email }),
    ...(args.phoneNumber === undefined ? {} : { phoneNumber: args.phoneNumber }),
    ...(args.billingAddress === undefined ? {} : { billingAddress: args.billingAddress }),
  };
  if (view.customer_email === null && shopper.email === null) {
    const missing = 'An email address is needed: call updateEmail() or pass email to confirm().';
    return { type: 'error', error: { message: missing, code: null } };
  }
  state.busy = true;
  changed();
  const outcome = await submit(state, args, shopper);
  state.busy = false;
  state.lastError = outcome.ok ? null : (outcome.error.message ?? null);
  const fresh = await fetchView(state.client, state.sessionId, state.secret);
  if (fresh.ok) state.view = fresh.body;
  changed();
  if (!outcome.ok) return failed(outcome.error);
  if (args.redirect !== 'if_required' && outcome.redirectUrl !== null) {
    return leaveFor(outcome.redirectUrl);
  }
  return { type: 'success', session: buildCheckoutSession(state) };
}
