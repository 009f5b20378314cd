import { formatIban, isWholeIban, judgeIban, plainIban } from './iban.ts';
import { judgeName, onlyMessages } from './method-form.ts';
import type { MethodForm } from './method-form.ts';

/** A bank account in the SEPA area. */
export const SEPA_FORM: MethodForm = {
  fields: ['iban', 'sepa-name'],
  formats: { iban: formatIban },
  judge: (read) =>
    onlyMessages({
      iban: judgeIban(read('iban')),
      'sepa-name': judgeName(read('sepa-name'), 'the name on the account'),
    }),
  isFull: (id, text) => id === 'iban' && isWholeIban(text),
  build: (read) => ({
    kind: 'sepa_debit',
    iban: plainIban(read('iban')),
    name: read('sepa-name').trim(),
    country: plainIban(read('iban')).slice(0, 2),
  }),
  params: { name: 'sepa-name', sepa_debit: 'iban' },
};
