import { BECS_FORM } from './becs-form.ts';
import { CARD_FORM } from './card-form.ts';
import { judgeName, onlyMessages } from './method-form.ts';
import type { MethodForm } from './method-form.ts';
import { SEPA_FORM } from './sepa-form.ts';
import { US_BANK_FORM } from './us-bank-form.ts';

const FORMS: { [type: string]: MethodForm } = {
  card: CARD_FORM,
  sepa_debit: SEPA_FORM,
  au_becs_debit: BECS_FORM,
  us_bank_account: US_BANK_FORM,
};

/** A method that is confirmed on another site; it has a name field, or none at all. */
function redirectForm(type: string): MethodForm {
  const field = `${type}-name`;
  const hasName = document.getElementById(field) !== null;
  return {
    fields: hasName ? [field] : [],
    formats: {},
    judge: (read) =>
      onlyMessages({ [field]: hasName ? judgeName(read(field), 'your full name') : undefined }),
    isFull: () => false,
    build: (read) => ({
      kind: 'redirect',
      type,
      ...(hasName ? { name: read(field).trim() } : {}),
    }),
    params: { name: field },
  };
}

/** The form of a payment method type. */
export function findMethodForm(type: string): MethodForm {
  return FORMS[type] ?? redirectForm(type);
}
