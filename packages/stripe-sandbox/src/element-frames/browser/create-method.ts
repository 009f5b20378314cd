import type { PaymentMethod } from '@stripe/stripe-js';
import { readExpiry } from '../../checkout-page/browser/expiry.ts';
import { plainIban } from '../../checkout-page/browser/methods/iban.ts';
import { digitsOf } from '../../checkout-page/browser/methods/method-form.ts';
import type {
  FrameSettings,
  MethodAnswer,
  MethodExtras,
} from '../../stripe-js/element-messages.ts';
import type { FormValue } from '../../stripe-js/encode-form.ts';
import { postToSandbox } from '../../stripe-js/sandbox-client.ts';
import { inputsInUse, monthOfPage, readField } from './frame-fields.ts';
import type { SplitPart } from './split-card.ts';

type Form = { [name: string]: FormValue };

function cardOf(parts: readonly SplitPart[]): Form {
  const part = (field: SplitPart['field']) =>
    parts.find((one) => one.field === field)?.value ?? readField(field);
  const expiry = readExpiry(part('expiry')) ?? monthOfPage();
  return {
    number: digitsOf(readField('number')),
    exp_month: expiry.month,
    exp_year: expiry.year,
    cvc: digitsOf(part('cvc')),
  };
}

/** The fields of a method, under the name that the API has for them; nothing for redirects. */
function detailsOf(type: string, parts: readonly SplitPart[]): Form {
  if (type === 'card') return { card: cardOf(parts) };
  if (type === 'sepa_debit') return { sepa_debit: { iban: plainIban(readField('iban')) } };
  if (type === 'au_becs_debit') {
    const account = digitsOf(readField('becs-account'));
    return { au_becs_debit: { bsb_number: digitsOf(readField('bsb')), account_number: account } };
  }
  if (type !== 'us_bank_account') return {};
  return {
    us_bank_account: {
      routing_number: digitsOf(readField('us-routing')),
      account_number: digitsOf(readField('us-account')),
      account_holder_type: readField('us-holder'),
      account_type: readField('us-type'),
    },
  };
}

/** Name, e-mail and address: what stands in the frame, and over it what the page passed. */
function billingOf(given: MethodExtras['billing_details']): Form {
  const address: Form = {};
  const details: Form = {};
  for (const input of inputsInUse()) {
    const billing = input.dataset['billing'] ?? '';
    if (input.value.trim() === '' || billing === '') continue;
    if (billing === 'postal_code') address[billing] = input.value.trim();
    else details[billing] = input.value.trim();
  }
  const country = readField('country');
  if (country !== '') address['country'] = country;
  const { address: givenAddress, ...rest } = given ?? {};
  return {
    ...filled({ ...details, ...rest }),
    address: filled({ ...address, ...(givenAddress as Form | undefined) }),
  };
}

/** Without what is empty: the API takes an empty value as one to unset, and there is none yet. */
function filled(form: Form): Form {
  const given = Object.entries(form).filter(([, value]) => value !== null && value !== '');
  return Object.fromEntries(given);
}

/**
 * Sends what stands in the frame to the sandbox and gives back the payment method, which holds the
 * last four digits and no more.
 */
export async function createMethod(
  settings: FrameSettings,
  type: string,
  extras: MethodExtras,
  parts: readonly SplitPart[],
): Promise<MethodAnswer> {
  const box = document.getElementById('save');
  const boxShown = box instanceof HTMLInputElement && box.closest('[hidden]') === null;
  const save = boxShown && box.checked;
  const { billing_details: billing, allow_redisplay: redisplay, ...rest } = extras;
  const client = { origin: location.origin, publishableKey: settings.publishableKey };
  const answer = await postToSandbox<PaymentMethod>(client, '/v1/payment_methods', {
    ...rest,
    type,
    ...detailsOf(type, parts),
    billing_details: billingOf(billing),
    allow_redisplay: redisplay ?? (boxShown ? (save ? 'always' : 'limited') : undefined),
  });
  return answer.ok ? { ok: true, paymentMethod: answer.body, save } : answer;
}
