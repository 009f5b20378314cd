import { createHash } from 'node:crypto';
import type Stripe from 'stripe';
import type { Account } from '../context.ts';
import { pathId } from '../endpoint.ts';
import type { Endpoint } from '../endpoint.ts';
import { resourceMissing } from '../errors.ts';

/** The id of an account's only configuration, the same on every machine. */
function configurationId(account: Account): string {
  const digest = createHash('sha256').update(`configuration:${account.id}`).digest('hex');
  return `pmc_1${digest.slice(0, 23)}`;
}

/** The methods an account takes: all that the sandbox has, switched on. */
function defaultConfiguration(account: Account): Stripe.PaymentMethodConfiguration {
  const on = {
    available: true,
    display_preference: { overridable: null, preference: 'on', value: 'on' },
  };
  return {
    id: configurationId(account),
    object: 'payment_method_configuration',
    active: true,
    alipay: on,
    application: null,
    au_becs_debit: on,
    bancontact: on,
    card: on,
    eps: on,
    ideal: on,
    is_default: true,
    livemode: false,
    name: 'Default',
    p24: on,
    parent: null,
    sepa_debit: on,
    us_bank_account: on,
  };
}

export const PAYMENT_METHOD_CONFIGURATION_ENDPOINTS: readonly Endpoint[] = [
  {
    method: 'GET',
    path: '/v1/payment_method_configurations',
    answer: ({ account }) => ({
      object: 'list',
      data: [defaultConfiguration(account)],
      has_more: false,
      url: '/v1/payment_method_configurations',
    }),
  },
  {
    method: 'GET',
    path: '/v1/payment_method_configurations/:id',
    answer: (call) => {
      const id = pathId(call);
      const configuration = defaultConfiguration(call.account);
      if (configuration.id === id) return configuration;
      throw resourceMissing('payment_method_configuration', id, 'configuration', 'path');
    },
  },
];
