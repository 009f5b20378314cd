import type { Markup } from '../checkout-page/document.ts';
import { AU_ACCOUNT, BSB, CARD_CVC, CARD_EXPIRY, CARD_NUMBER, IBAN } from './field-markup.ts';
import { LINE_POSTAL, addressFields, cardIcon, contactFields, line } from './line-markup.ts';
import { paymentFields } from './payment-markup.ts';

/** What each kind of frame holds. */
export const FIELDS_OF: Record<string, () => Markup> = {
  payment: paymentFields,
  card: () => line('card', [CARD_NUMBER, CARD_EXPIRY, CARD_CVC, LINE_POSTAL], cardIcon()),
  cardNumber: () => line('card', [CARD_NUMBER], cardIcon()),
  cardExpiry: () => line('card', [CARD_EXPIRY]),
  cardCvc: () => line('card', [CARD_CVC]),
  iban: () => line('sepa_debit', [IBAN]),
  auBankAccount: () => line('au_becs_debit', [BSB, AU_ACCOUNT]),
  address: addressFields,
  contact: contactFields,
};
