import type { ConfirmPaymentData, Stripe, StripeElements } from '@stripe/stripe-js';
import { coreOf } from './element-object.ts';
import { groupOf, paymentCoreOf } from './elements-group.ts';
import { loadGroup } from './group-session.ts';
import type { ElementsGroup } from './group-session.ts';
import type { FormValue } from './encode-form.ts';
import { confirmIntent } from './confirm-intent.ts';
import { leaveFor } from './follow-next-action.ts';
import { integrationError } from './integration-error.ts';
import { kindOfSecret } from './intent-kinds.ts';
import type { Intent, IntentAnswer, IntentKind } from './intent-kinds.ts';
import { makeMethod } from './make-method.ts';
import { requireHiddenFields } from './require-hidden-fields.ts';
import type { SandboxClient } from './sandbox-client.ts';

type Options = {
  elements?: StripeElements;
  clientSecret?: string;
  confirmParams?: Partial<ConfirmPaymentData>;
  redirect?: string;
};
type Method = { ok: true; params: { [name: string]: FormValue }; type: string | undefined };

function readGroup(options: Options, caller: string): ElementsGroup | undefined {
  if (options.elements === undefined) return undefined;
  const group = groupOf(options.elements);
  if (!group) {
    throw integrationError(
      `Invalid value for ${caller}: elements should be an Elements object. You can create one with stripe.elements().`,
    );
  }
  return group;
}

function readSecret(options: Options, group: ElementsGroup | undefined, caller: string): string {
  const own = group && 'clientSecret' in group.source ? group.source.clientSecret : undefined;
  const secret = options.clientSecret ?? own;
  if (secret !== undefined) return secret;
  throw integrationError(
    group
      ? `Missing value for ${caller}: clientSecret is needed, because elements was created without one.`
      : `Missing value for ${caller}: pass elements, clientSecret, or both.`,
  );
}

/** `always`, the default, leads to `return_url` even for cards; so it must be there. */
function checkRedirect({ redirect, confirmParams }: Options, caller: string): void {
  if (redirect !== undefined && !['always', 'if_required'].includes(redirect)) {
    throw integrationError(
      `Invalid value for ${caller}: redirect should be one of the following strings: always, if_required. You specified: ${redirect}.`,
    );
  }
  const returnUrl = confirmParams?.return_url;
  if (returnUrl === undefined) {
    if (redirect === 'if_required') return;
    throw integrationError(
      `Missing value for ${caller}: confirmParams.return_url is required unless redirect is if_required.`,
    );
  }
  if (!URL.canParse(returnUrl)) {
    throw integrationError(
      `Invalid value for ${caller}: confirmParams.return_url should be an absolute URL.`,
    );
  }
}

/** The method of the call: named in `confirmParams`, on the intent already, or from the element. */
async function readMethod(
  options: Options,
  group: ElementsGroup | undefined,
  caller: string,
): Promise<Method | Extract<IntentAnswer, { ok: false }>> {
  const {
    payment_method: id,
    payment_method_data: data = {},
    confirmation_token: token,
  } = options.confirmParams ?? {};
  // Goes along with the other parameters, and names the method.
  if (token !== undefined) return { ok: true, params: {}, type: undefined };
  if (id !== undefined) return { ok: true, params: { payment_method: id }, type: undefined };
  if (!group) return { ok: true, params: {}, type: undefined };
  const core = paymentCoreOf(group);
  if (!core) {
    throw integrationError(
      `Invalid value for ${caller}: elements should have a mounted Payment Element.`,
    );
  }
  if ('deferred' in group.source && !group.submitted) {
    throw integrationError(`elements.submit() must be called before ${caller}.`);
  }
  const payment = group.members.get('payment');
  requireHiddenFields(payment?.given.fields, data.billing_details, caller);
  const made = await makeMethod(core, data as Parameters<typeof makeMethod>[1]);
  if (!made.ok) return made;
  const session = await loadGroup(group);
  const usage = made.save && session.ok ? session.body.payment_method_save_usage : null;
  return {
    ok: true,
    params: {
      payment_method: made.paymentMethod.id,
      ...(usage === null ? {} : { setup_future_usage: usage }),
    },
    type: made.paymentMethod.type,
  };
}

/** What goes along as it is; the method is read on its own. */
function otherParams({ confirmParams = {} }: Options): { [name: string]: FormValue } {
  const others = Object.entries(confirmParams as { [name: string]: FormValue }).filter(
    ([name]) => name !== 'payment_method' && name !== 'payment_method_data',
  );
  return Object.fromEntries(others);
}

/** What an Address Element in shipping mode collects goes along by itself. */
async function shippingOf(group: ElementsGroup | undefined): Promise<{ shipping?: FormValue }> {
  const member = group?.members.get('address:shipping') ?? group?.members.get('shippingAddress');
  const core = coreOf(member?.element);
  if (!core?.isMounted() || !core.complete) return {};
  const answer = (await core.ask({ call: 'value' })) as { value: FormValue } | undefined;
  return answer ? { shipping: answer.value } : {};
}

function returnAddress(intent: Intent, returnUrl: string): string {
  const url = new URL(returnUrl);
  url.searchParams.set(intent.object, intent.id);
  url.searchParams.set(`${intent.object}_client_secret`, intent.client_secret ?? '');
  const done = ['succeeded', 'requires_capture'].includes(intent.status);
  url.searchParams.set('redirect_status', done ? 'succeeded' : 'pending');
  return url.href;
}

async function confirmWithElements(
  client: SandboxClient,
  kind: IntentKind,
  options: Options,
): Promise<IntentAnswer> {
  const caller = kind === 'payment' ? 'stripe.confirmPayment()' : 'stripe.confirmSetup()';
  if (typeof options !== 'object' || options === null) {
    throw integrationError(`Missing value for ${caller}: options should be an object.`);
  }
  const group = readGroup(options, caller);
  const secret = readSecret(options, group, caller);
  if (kindOfSecret(secret, caller) !== kind) {
    throw integrationError(
      `Invalid value for ${caller}: the client secret should be of a ${kind === 'payment' ? 'PaymentIntent' : 'SetupIntent'}.`,
    );
  }
  checkRedirect(options, caller);
  const method = await readMethod(options, group, caller);
  if (!method.ok) return method;
  const answer = await confirmIntent(client, {
    kind,
    secret,
    caller,
    methodType: method.type,
    handleActions: true,
    params: {
      ...(kind === 'payment' ? await shippingOf(group) : {}),
      ...otherParams(options),
      ...method.params,
    },
  });
  if (!answer.ok || options.redirect === 'if_required') return answer;
  return leaveFor(returnAddress(answer.intent, options.confirmParams?.return_url ?? ''));
}

/**
 * `stripe.confirmPayment`: with `redirect: 'always'` the page is left when it goes well, with
 * `if_required` it resolves to `{paymentIntent}`. Refusals resolve to `{error}`; mistakes reject.
 */
export function confirmPayment(client: SandboxClient): Stripe['confirmPayment'] {
  const confirm = async (options: Options) => {
    const answer = await confirmWithElements(client, 'payment', options);
    return answer.ok ? { paymentIntent: answer.intent } : { error: answer.error };
  };
  return confirm as Stripe['confirmPayment'];
}

/** `stripe.confirmSetup`: as `confirmPayment`, for SetupIntents. */
export function confirmSetup(client: SandboxClient): Stripe['confirmSetup'] {
  const confirm = async (options: Options) => {
    const answer = await confirmWithElements(client, 'setup', options);
    return answer.ok ? { setupIntent: answer.intent } : { error: answer.error };
  };
  return confirm as Stripe['confirmSetup'];
}
