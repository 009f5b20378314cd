import type Stripe from 'stripe';
import type { Account } from '../context.ts';
import { emitEvent } from '../emit-event.ts';
import { pathId } from '../endpoint.ts';
import type { Endpoint } from '../endpoint.ts';
import { SandboxError, invalidRequest } from '../errors.ts';
import { getByParam, getByPath, save } from '../get-object.ts';
import { idOf, newId, randomText } from '../ids.ts';
import { has, hash, integer, missing, oneOf, text } from '../params.ts';
import type { Params } from '../params.ts';
import type { Row } from '../stored-objects.ts';

/** How the shopper agreed: online with an address and a browser, or offline. */
type Acceptance = Stripe.Mandate.CustomerAcceptance;

/** What a confirm says about permission to debit. */
export type MandateChoice = { acceptance?: Acceptance | null; mandateId?: string | null };

type NewMandate = {
  method: Row<'payment_method'>;
  acceptance: Acceptance;
  /** Good for this amount alone; null: for every later payment too. */
  singleUse: { amount: number; currency: string } | null;
};

/** `mandate_data[customer_acceptance]`; null when absent. Online needs an address and a browser. */
export function readAcceptance(account: Account, params: Params): Acceptance | null {
  const data = hash(params, 'mandate_data');
  if (data === undefined) return null;
  if (has(params, 'mandate')) {
    throw invalidRequest('You may only specify one of these parameters: mandate, mandate_data.', {
      code: 'parameters_exclusive',
      param: 'mandate',
    });
  }
  const now = account.ctx.clock.seconds();
  const given = hash(data, 'customer_acceptance');
  // Browsers may leave it to Stripe to see where they are.
  const browser = account.request?.access === 'publishable';
  if (given === undefined) {
    if (!browser) throw missing('mandate_data[customer_acceptance]');
    return { accepted_at: now, type: 'online', online: seenFrom() };
  }
  const accepted_at = integer(given, 'accepted_at') ?? now;
  if (oneOf(given, 'type', ['online', 'offline']) === 'offline') {
    return { accepted_at, type: 'offline', offline: {} };
  }
  const online = hash(given, 'online');
  const ip_address = online && text(online, 'ip_address');
  const user_agent = online && text(online, 'user_agent');
  if (!browser && ip_address === undefined) throw missing(`${given.at}[online][ip_address]`);
  if (!browser && user_agent === undefined) throw missing(`${given.at}[online][user_agent]`);
  const seen = seenFrom();
  return {
    accepted_at,
    type: 'online',
    online: {
      ip_address: ip_address ?? seen.ip_address,
      user_agent: user_agent ?? seen.user_agent,
    },
  };
}

/** What the confirm brought; the page of a session shows the mandate's words and asks by its button. */
export function acceptanceFor(
  account: Account,
  sessionId: string | null,
  choice: MandateChoice,
): Acceptance | null {
  if (choice.acceptance) return choice.acceptance;
  if (sessionId === null || typeof choice.mandateId === 'string') return null;
  return { accepted_at: account.ctx.clock.seconds(), type: 'online', online: seenFrom() };
}

function seenFrom(): { ip_address: string; user_agent: string } {
  return { ip_address: '127.0.0.1', user_agent: 'unknown' };
}

/** Makes and keeps a mandate that waits for its first use. */
export function makeMandate(account: Account, given: NewMandate): Row<'mandate'> {
  const { method, singleUse } = given;
  const id = newId('mandate');
  const row: Row<'mandate'> = {
    object: {
      id,
      object: 'mandate',
      customer_acceptance: given.acceptance,
      livemode: false,
      ...(singleUse === null ? { multi_use: {} } : { single_use: singleUse }),
      payment_method: method.object.id,
      payment_method_details: mandateDetails(account, id, method.object.type),
      status: 'pending',
      type: singleUse === null ? 'multi_use' : 'single_use',
    },
    hidden: {},
  };
  account.ctx.store.insert(account.id, 'mandate', row);
  return row;
}

function mandateDetails(
  account: Account,
  id: string,
  type: string,
): Stripe.Mandate.PaymentMethodDetails {
  const url = `${account.ctx.baseUrl}/v1/mandates/${id}`;
  if (type === 'sepa_debit') {
    return { type, sepa_debit: { reference: randomText(16).toUpperCase(), url } };
  }
  if (type === 'au_becs_debit') return { type, au_becs_debit: { url } };
  if (type === 'us_bank_account') return { type, us_bank_account: {} };
  return { type, card: {} };
}

/** The bank takes the mandate; a reusable one stays with its method. Event: mandate.updated. */
export function activateMandate(
  account: Account,
  mandateId: string,
  method: Row<'payment_method'>,
): void {
  const row = account.ctx.store.find(account.id, 'mandate', mandateId);
  if (row === undefined) return;
  if (row.object.type === 'multi_use') {
    method.hidden.mandate = mandateId;
    save(account, 'payment_method', method);
  }
  if (row.object.status === 'pending') setStatus(account, row, 'active');
}

/**
 * The shopper or their bank takes the permission back: later debits are refused with
 * payment_intent_mandate_invalid. Event: mandate.updated. Throws 404 for an unknown id.
 */
export function deactivateMandate(account: Account, mandateId: string): Stripe.Mandate {
  const row = getByPath(account, 'mandate', mandateId);
  if (row.object.status !== 'inactive') setStatus(account, row, 'inactive');
  return row.object;
}

function setStatus(account: Account, row: Row<'mandate'>, status: Stripe.Mandate['status']): void {
  const before = structuredClone(row.object);
  row.object.status = status;
  save(account, 'mandate', row);
  emitEvent(account, 'mandate.updated', row.object, before);
}

/**
 * The permission a confirm may use: newly given, named, or given earlier with the saved method.
 * Undefined when there is none; 400 when it was taken back or is another method's.
 */
export function findMandate(
  account: Account,
  method: Row<'payment_method'>,
  choice: MandateChoice & Pick<NewMandate, 'singleUse'>,
): Row<'mandate'> | undefined {
  const { acceptance, mandateId } = choice;
  if (acceptance !== undefined && acceptance !== null) {
    return makeMandate(account, { method, acceptance, singleUse: choice.singleUse });
  }
  const named = typeof mandateId === 'string';
  const id = named ? mandateId : method.hidden.mandate;
  if (id === undefined) return undefined;
  const row = getByParam(account, 'mandate', id, 'mandate');
  if (row.object.status !== 'inactive' && idOf(row.object.payment_method) === method.object.id) {
    return row;
  }
  throw invalidRequest(
    `The mandate ${id} cannot be used: it is inactive, or it belongs to another payment method. Collect mandate acceptance from the customer and try again.`,
    { code: 'payment_intent_mandate_invalid', param: named ? 'mandate' : 'payment_method' },
  );
}

/** Refuses a debit that nobody agreed to; the intent stays and can be confirmed again with consent. */
export function mandateMissing(noun: 'PaymentIntent' | 'SetupIntent', intent: object): Error {
  const code =
    noun === 'PaymentIntent' ? 'payment_intent_mandate_invalid' : 'setup_intent_mandate_invalid';
  const key = noun === 'PaymentIntent' ? 'payment_intent' : 'setup_intent';
  return new SandboxError(
    400,
    {
      type: 'invalid_request_error',
      code,
      message: `This ${noun} requires a mandate, but no existing mandate was found. Collect mandate acceptance from the customer and try again, providing acceptance data in the mandate_data parameter.`,
      param: 'mandate_data',
      doc_url: `https://stripe.com/docs/error-codes/${code.replaceAll('_', '-')}`,
      [key]: structuredClone(intent),
    },
    'outcome',
  );
}

export const MANDATE_ENDPOINTS: readonly Endpoint[] = [
  {
    method: 'GET',
    path: '/v1/mandates/:id',
    answer: (call) => getByPath(call.account, 'mandate', pathId(call)).object,
  },
];
