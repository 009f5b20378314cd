import type { ChangedTexts } from '@onfile/db/tables/erase-person.ts';
import type { PersonRecords } from '@onfile/db/views/person-records.ts';
import { mask, maskPayload } from './mask-payload.ts';
import { findingAny, personalValues } from './personal-values.ts';

/**
 * Texts that the books need, without what names the person: requests that were sent to Stripe keep
 * their amounts and ids, what staff wrote keeps its other words.
 */
export function changedTexts(records: PersonRecords): ChangedTexts {
  const pattern = findingAny(personalValues(records));
  const without = (text: string) => (pattern ? text.replaceAll(pattern, mask) : text);
  const masked = ({ id, request }: { id: string; request: string }) => ({
    id,
    request: JSON.stringify(maskPayload(JSON.parse(request)), (_key, value: unknown) =>
      typeof value === 'string' ? without(value) : value,
    ),
  });
  return {
    attempts: records.attempts.map(masked),
    stripeOperations: records.stripeOperations.map(masked),
    payments: records.payments.map(({ id, reason }) => ({ id, reason: without(reason) })),
    refunds: records.refunds.map((refund) => ({
      id: refund.id,
      note: without(refund.note),
      settledOtherwiseNote: refund.settledOtherwiseNote && without(refund.settledOtherwiseNote),
    })),
  };
}

/** Audit rows, which never change, in which somebody wrote the person's name or address. */
export function rowsThatNameThem(records: PersonRecords): string[] {
  const pattern = findingAny(personalValues(records));
  if (!pattern) return [];
  return records.auditLog.flatMap(({ id, details }) => (details.search(pattern) >= 0 ? [id] : []));
}
