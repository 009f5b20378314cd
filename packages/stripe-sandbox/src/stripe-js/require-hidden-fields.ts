import type { PaymentMethodCreateParams } from '@stripe/stripe-js';
import { readHiddenFields } from './element-options.ts';
import type { GivenOptions } from './element-options.ts';
import { integrationError } from './integration-error.ts';

/** What `fields: 'never'` took out of the Payment Element must come with the call. */
export function requireHiddenFields(
  fields: GivenOptions['fields'],
  billing: PaymentMethodCreateParams.BillingDetails | undefined,
  caller: string,
): void {
  const given: { [name: string]: unknown } = { ...billing, ...billing?.address };
  const lacking = readHiddenFields(fields).find((name) => given[name] === undefined);
  if (lacking === undefined) return;
  const isAddress = lacking === 'country' || lacking === 'postal_code';
  const path = `billing_details.${isAddress ? 'address.' : ''}${lacking}`;
  throw integrationError(
    `You specified "never" for fields.${path} when creating the payment Element, but did not pass ` +
      `params.${path} when calling ${caller}. If you opt out of collecting data via the payment ` +
      'Element using the fields option, the data must be passed in when confirming.',
  );
}
