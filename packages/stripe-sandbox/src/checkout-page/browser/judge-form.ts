import { chosenForm, findField, isTicked, readField } from './checkout-form.ts';
import type { CheckoutForm } from './checkout-form.ts';
import type { FieldMessages } from './methods/method-form.ts';
import { onlyMessages } from './methods/method-form.ts';

/** What is wrong with an e-mail address, in words for the shopper; undefined when nothing is. */
function judgeEmail(text: string): string | undefined {
  if (text.trim() === '') return 'Enter your email address.';
  return /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text.trim()) ? undefined : 'Your email is incomplete.';
}

/** What stands in the way of sending; fields that are not in use are not judged. */
export function judgeForm(form: CheckoutForm): FieldMessages {
  const missing = findField('terms') !== undefined && !isTicked('terms');
  return {
    ...onlyMessages({
      email: findField('email') === undefined ? undefined : judgeEmail(readField('email')),
      terms: missing ? 'Accept the terms to continue.' : undefined,
    }),
    ...chosenForm(form)?.judge(readField, form.now),
  };
}
