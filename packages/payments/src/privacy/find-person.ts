import type { Db } from '@onfile/db/database.ts';
import { listPersonIds } from '@onfile/db/tables/people.ts';
import { Refusal } from '../refusal.ts';

/**
 * The customers that are one person.
 * @param who the id of one of them, or an address: then everybody who has it
 * @throws Refusal `not_found`
 */
export async function findPerson(db: Db, who: string): Promise<string[]> {
  const said = who.trim();
  const by = said.includes('@') ? { email: said.toLowerCase() } : { id: said };
  const ids = await listPersonIds(db, by);
  if (ids.length === 0) throw new Refusal('not_found', 'customerId');
  return ids;
}
