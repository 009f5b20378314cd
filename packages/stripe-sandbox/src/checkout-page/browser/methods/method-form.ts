import type { Month } from '../expiry.ts';

/** Reads what stands in the field with this id, as shown. */
export type ReadField = (id: string) => string;

/** The fields that need attention by their id, each with a sentence for the shopper. */
export type FieldMessages = { [id: string]: string };

/** A new payment method as `POST /v1/payment_pages/:cs/confirm` takes it. */
type NewPaymentMethod = { kind: string; [name: string]: unknown };

/** The form of one payment method type. */
export type MethodForm = {
  /** Ids of its fields, in the order they stand. */
  fields: readonly string[];
  /** How a field is kept while it is typed in. */
  formats: { [id: string]: (text: string, adding: boolean, read: ReadField) => string };
  judge: (read: ReadField, now: Month) => FieldMessages;
  /** True once nothing more can be typed: the moment to judge a field while typing. */
  isFull: (id: string, text: string) => boolean;
  build: (read: ReadField, now: Month) => NewPaymentMethod;
  /** Which field an error's `param` speaks of, where the two names differ. */
  params: { [param: string]: string };
};

/** The messages that are there, of all that were looked for. */
export function onlyMessages(found: { [id: string]: string | undefined }): FieldMessages {
  const messages: FieldMessages = {};
  for (const [id, message] of Object.entries(found)) {
    if (message !== undefined) messages[id] = message;
  }
  return messages;
}

export function digitsOf(text: string): string {
  return text.replace(/\D/g, '');
}

/** A name is anything: what people are called is not for a form to judge. */
export function judgeName(text: string, whose: string): string | undefined {
  return text.trim() === '' ? `Enter ${whose}.` : undefined;
}
