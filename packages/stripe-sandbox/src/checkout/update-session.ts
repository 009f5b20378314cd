import type Stripe from 'stripe';
import type { Account } from '../context.ts';
import { invalidRequest, refusedByState } from '../errors.ts';
import { getByPath, save } from '../get-object.ts';
import { idOf } from '../ids.ts';
import { mergeMetadata } from '../metadata.ts';
import { clearable, has, hash, oneOf, requiredText } from '../params.ts';
import type { Params } from '../params.ts';
import { readAddress } from '../resources/address.ts';
import type { Row } from '../stored-objects.ts';
import { readSale } from './read-line-items.ts';
import { FUTURE_USAGES, readDescriptor } from './read-payment-data.ts';
import { readShippingOptions } from './read-shipping.ts';

/** Which ui_modes may change what; metadata can always be changed (stripe.md 2.8). */
const CHANGEABLE: { readonly [name: string]: readonly string[] } = {
  collected_information: ['embedded_page', 'elements'],
  line_items: ['embedded_page', 'elements'],
  payment_intent_data: ['elements'],
  shipping_options: ['embedded_page', 'elements'],
};

/** What concerns the payment itself. */
const MONEY = ['line_items', 'payment_intent_data', 'shipping_options'];

/** `POST /v1/checkout/sessions/:id`. */
export function updateSession(
  account: Account,
  id: string,
  params: Params,
): Stripe.Checkout.Session {
  const row = getByPath(account, 'checkout.session', id);
  const { object } = row;
  requireChangeable(object, params);
  object.metadata = mergeMetadata(params, object.metadata ?? {});
  if (has(params, 'collected_information')) collect(object, params);
  if (has(params, 'line_items')) sellOther(account, row, params);
  if (has(params, 'shipping_options')) shipOther(row, params);
  if (has(params, 'payment_intent_data')) changePaymentData(row, params);
  if (MONEY.some((name) => has(params, name))) passOn(account, row);
  save(account, 'checkout.session', row);
  return object;
}

function requireChangeable(session: Stripe.Checkout.Session, params: Params): void {
  for (const [name, modes] of Object.entries(CHANGEABLE)) {
    if (!has(params, name)) continue;
    if (!modes.includes(session.ui_mode ?? '')) {
      throw invalidRequest(
        `You can only update \`${name}\` of a Checkout Session with one of these values of \`ui_mode\`: ${modes.join(', ')}.`,
        { param: name },
      );
    }
    if (name !== 'collected_information' && session.mode === 'setup') {
      throw invalidRequest(`You can not pass \`${name}\` in \`setup\` mode.`, { param: name });
    }
    if (session.status !== 'open') {
      throw refusedByState(
        `Only Checkout Sessions with a status in ["open"] can be updated. This Checkout Session has a status of \`${session.status ?? ''}\`.`,
        { param: name },
      );
    }
  }
}

function collect(session: Stripe.Checkout.Session, params: Params): void {
  const given = hash(params, 'collected_information');
  const shipping = given === undefined ? undefined : hash(given, 'shipping_details');
  if (shipping === undefined) return;
  const address = readAddress(shipping, 'address');
  if (address === null || address === undefined) return;
  session.collected_information = {
    business_name: null,
    individual_name: null,
    shipping_details: { address, name: requiredText(shipping, 'name') },
  };
}

/** All items are sent again: those with an `id` stay, those left out are gone. */
function sellOther(account: Account, row: Row<'checkout.session'>, params: Params): void {
  const { object, hidden } = row;
  const sale = readSale(account, params, hidden.lineItems);
  if (sale.currency !== object.currency) {
    throw invalidRequest('The currency of a Checkout Session cannot be changed.', {
      param: 'line_items',
    });
  }
  hidden.lineItems = sale.lineItems;
  object.amount_subtotal = sale.total;
  addUp(object);
}

function shipOther({ object }: Row<'checkout.session'>, params: Params): void {
  const shipping = readShippingOptions(params, object.currency ?? '');
  object.shipping_options = shipping.options;
  object.shipping_cost = shipping.cost;
  addUp(object);
}

function addUp(session: Stripe.Checkout.Session): void {
  const shipping = session.shipping_cost?.amount_total ?? 0;
  session.amount_total = (session.amount_subtotal ?? 0) + shipping;
  session.total_details = { amount_discount: 0, amount_shipping: shipping, amount_tax: 0 };
  session.payment_status = session.amount_total === 0 ? 'no_payment_required' : 'unpaid';
}

function changePaymentData({ hidden }: Row<'checkout.session'>, params: Params): void {
  const data = hash(params, 'payment_intent_data');
  if (data === undefined) return;
  const { payment } = hidden;
  if (has(data, 'description')) payment.description = clearable(data, 'description') ?? null;
  payment.metadata = mergeMetadata(data, payment.metadata);
  if (has(data, 'setup_future_usage')) {
    payment.setupFutureUsage =
      clearable(data, 'setup_future_usage') === null
        ? null
        : (oneOf(data, 'setup_future_usage', FUTURE_USAGES) ?? null);
  }
  if (has(data, 'statement_descriptor')) {
    payment.statementDescriptor = readDescriptor(data, 'statement_descriptor');
  }
  if (has(data, 'statement_descriptor_suffix')) {
    payment.statementDescriptorSuffix = readDescriptor(data, 'statement_descriptor_suffix');
  }
}

/** The PaymentIntent of an earlier attempt follows; an attempt that waits for the shopper is abandoned. */
function passOn(account: Account, { object, hidden }: Row<'checkout.session'>): void {
  const intentId = idOf(object.payment_intent);
  if (intentId === null) return;
  const intent = getByPath(account, 'payment_intent', intentId);
  const { payment } = hidden;
  abandon(intent.object);
  intent.object.amount = object.amount_total ?? 0;
  intent.object.description = payment.description;
  intent.object.metadata = payment.metadata;
  intent.object.setup_future_usage = payment.setupFutureUsage;
  intent.object.statement_descriptor = payment.statementDescriptor;
  intent.object.statement_descriptor_suffix = payment.statementDescriptorSuffix;
  save(account, 'payment_intent', intent);
}

function abandon(intent: Stripe.PaymentIntent): void {
  if (intent.status !== 'requires_action' && intent.status !== 'requires_confirmation') return;
  intent.status = 'requires_payment_method';
  intent.payment_method = null;
  intent.next_action = null;
}
