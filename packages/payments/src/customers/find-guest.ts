import type { Row } from '@onfile/db/database.ts';
import { findGuest as find } from '@onfile/db/tables/guests.ts';
import type { Runtime } from '../runtime.ts';

/** The guest whom a browser's cookie names; nobody once their records have joined an account. */
export async function findGuest(
  runtime: Runtime,
  guestId: string | null,
): Promise<Row<'customers'> | undefined> {
  return guestId ? find(runtime.db, guestId) : undefined;
}
