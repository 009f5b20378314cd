import { brandOf } from '../../checkout-page/browser/card-number.ts';
import { digitsOf } from '../../checkout-page/browser/methods/method-form.ts';
import type { FrameSettings } from '../../stripe-js/element-messages.ts';
import { faultsInUse, inputsInUse, readField, shownFault } from './frame-fields.ts';
import { chosenMethod } from './payment-choice.ts';

/** What an address element gives its page; it is no secret to it. */
function readAddress() {
  return {
    name: readField('name'),
    address: {
      line1: readField('line1'),
      line2: readField('line2') || null,
      city: readField('city'),
      state: readField('state'),
      postal_code: readField('postal_code'),
      country: readField('country'),
    },
  };
}

function describePayment(complete: boolean): object {
  const { type, saved } = chosenMethod();
  const box = document.querySelector<HTMLInputElement>('#save');
  const boxShown = box !== null && box.closest('[hidden]') === null;
  return {
    complete: complete || saved !== undefined,
    collapsed: false,
    value: {
      type,
      ...(boxShown ? { savePaymentMethod: box.checked } : {}),
      ...(saved === undefined ? {} : { payment_method: { id: saved, type: 'card' } }),
    },
  };
}

/** The change event of the frame's element: how far it is, never what was typed into it. */
export function describeChange({ kind, options }: FrameSettings): object {
  const empty = inputsInUse().every((input) => input.value.trim() === '');
  const complete = faultsInUse().length === 0;
  const common = { empty, complete };
  if (kind === 'payment') return { ...common, ...describePayment(complete) };
  if (kind === 'contact') return { ...common, value: { email: readField('email') } };
  if (kind === 'address') {
    const mode = { elementMode: options.addressMode ?? 'billing', isNewAddress: true };
    return { ...common, ...mode, value: readAddress() };
  }
  const fault = shownFault();
  const error = fault ? { type: 'validation_error', ...fault } : undefined;
  const brand = { brand: brandOf(digitsOf(readField('number'))) };
  return {
    ...common,
    error,
    ...(kind === 'card' || kind === 'cardNumber' ? brand : {}),
    ...(kind === 'card' ? { value: { postalCode: readField('postalCode') } } : {}),
    ...(kind === 'iban' ? { country: readField('iban').slice(0, 2), bankName: '' } : {}),
  };
}
