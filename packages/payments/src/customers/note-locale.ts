import type { Db, Row } from '@onfile/db/database.ts';
import { setLocale } from '@onfile/db/tables/customers.ts';

/** Remembers in which of our languages a customer reads, as their browser last said. */
export async function noteLocale(
  db: Db,
  customer: Row<'customers'>,
  locale: string | null,
): Promise<void> {
  if (locale === null || locale === customer.locale) return;
  await setLocale(db, customer.id, locale);
}
