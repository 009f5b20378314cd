import type { PersonRecords } from '@onfile/db/views/person-records.ts';
import { erasedAddress } from '@onfile/db/tables/erase-person.ts';

/** Shorter ones stand in too many words that mean something else. */
const shortest = 3;

/** How a person is called in free text: addresses, names, phone numbers. */
export function personalValues(records: PersonRecords): string[] {
  const said = [
    ...records.customers.flatMap(({ email, name }) => [email, name]),
    ...records.paymentMethods.flatMap(({ nickname, billingDetails }) => [
      nickname,
      ...billingValues(billingDetails),
    ]),
  ];
  const values = said.filter(
    (value) => value && value.length >= shortest && value !== erasedAddress,
  );
  return [...new Set(values as string[])].sort((a, b) => b.length - a.length);
}

function billingValues(billingDetails: string | null): (string | null | undefined)[] {
  if (!billingDetails) return [];
  const { name, email, phone, address } = JSON.parse(billingDetails) as {
    name?: string | null;
    email?: string | null;
    phone?: string | null;
    address?: { line1?: string | null; line2?: string | null } | null;
  };
  return [name, email, phone, address?.line1, address?.line2];
}

/** One search for whole words, whatever their case; null when there is nothing to search for. */
export function findingAny(values: string[]): RegExp | null {
  if (values.length === 0) return null;
  const words = values.map((value) => value.replaceAll(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`));
  return new RegExp(`(?<![\\p{L}\\p{N}])(?:${words.join('|')})(?![\\p{L}\\p{N}])`, 'giu');
}
