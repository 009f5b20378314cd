import type Stripe from 'stripe';
import type { Account } from '../context.ts';
import { emitEvent } from '../emit-event.ts';
import type { Endpoint } from '../endpoint.ts';
import { invalidRequest, refusedByState, resourceMissing } from '../errors.ts';
import { newId, randomText } from '../ids.ts';
import { ownerFields, readOwner } from '../owner.ts';
import { hash, missing, oneOf, requiredText, text, url } from '../params.ts';
import type { Params } from '../params.ts';

type Flow = Stripe.BillingPortal.Session.Flow;

/** The flows that the sandbox's page has: there are no subscriptions. */
const FLOWS = ['customer_update', 'payment_method_update'] as const;

/** An address at which a customer manages their saved methods: `url`, good for an hour. */
function createPortalSession(account: Account, params: Params): object {
  const ownerId = readOwner(account, params);
  if (ownerId === undefined) {
    throw invalidRequest('You must provide one of these parameters: customer, customer_account.', {
      code: 'parameter_missing',
      param: 'customer',
    });
  }
  const configuration = text(params, 'configuration');
  if (configuration !== undefined && configuration !== configurationId(account)) {
    throw resourceMissing('configuration', configuration, 'configuration', 'body');
  }
  const id = newId('bps');
  const token = `test_${id.slice('bps_'.length)}${randomText(40)}`;
  const object = {
    id,
    object: 'billing_portal.session' as const,
    configuration: configurationId(account),
    created: account.ctx.clock.seconds(),
    ...ownerFields(ownerId),
    flow: readFlow(params),
    livemode: false,
    locale: text(params, 'locale') ?? null,
    on_behalf_of: text(params, 'on_behalf_of') ?? null,
    return_url: url(params, 'return_url') ?? null,
    url: `${account.ctx.baseUrl}/p/session/${token}`,
  };
  account.ctx.store.insert(account.id, 'billing_portal.session', { object, hidden: { token } });
  emitEvent(account, 'billing_portal.session.created', object);
  return object;
}

/** The account's only portal configuration. */
function configurationId(account: Account): string {
  return `bpc_${account.id.slice('acct_'.length)}`;
}

function readFlow(params: Params): Flow | null {
  const given = hash(params, 'flow_data');
  if (given === undefined) return null;
  const type = requiredText(given, 'type');
  if (!FLOWS.some((known) => known === type)) {
    throw refusedByState(
      `This flow type is not enabled in the configuration's features: ${type}.`,
      { param: 'flow_data[type]' },
    );
  }
  return {
    after_completion: readAfterCompletion(given),
    customer_update: null,
    subscription_cancel: null,
    subscription_pause: null,
    subscription_update: null,
    subscription_update_confirm: null,
    type,
  };
}

function readAfterCompletion(flow: Params): Flow['after_completion'] {
  const given = hash(flow, 'after_completion') ?? { values: {}, at: '' };
  const types = ['portal_homepage', 'hosted_confirmation', 'redirect'] as const;
  const type = oneOf(given, 'type', types) ?? 'portal_homepage';
  const redirect = hash(given, 'redirect');
  if (type === 'redirect' && redirect === undefined) throw missing(`${given.at}[redirect]`);
  const confirmation = hash(given, 'hosted_confirmation');
  return {
    hosted_confirmation:
      type === 'hosted_confirmation'
        ? {
            custom_message:
              confirmation === undefined ? null : (text(confirmation, 'custom_message') ?? null),
          }
        : null,
    redirect:
      redirect === undefined || type !== 'redirect'
        ? null
        : { return_url: url(redirect, 'return_url') ?? '' },
    type,
  };
}

export const PORTAL_SESSION_ENDPOINTS: readonly Endpoint[] = [
  {
    method: 'POST',
    path: '/v1/billing_portal/sessions',
    answer: ({ account, params }) => createPortalSession(account, params),
  },
];
