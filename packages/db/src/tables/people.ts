import type { Db, Instant } from '../database.ts';

/**
 * The customers that are one person: an account with the guests whose records have joined it, found
 * by the id of any of them. By an address it is everybody who has it.
 * @returns ids in their order; none when nobody is found
 */
export async function listPersonIds(
  db: Db,
  by: { id: string } | { email: string },
): Promise<string[]> {
  const found = await db
    .selectFrom('customers')
    .select(['id', 'claimedByCustomerId'])
    .$if('id' in by, (query) => query.where('id', '=', 'id' in by ? by.id : ''))
    .$if('email' in by, (query) => query.where('email', '=', 'email' in by ? by.email : ''))
    .execute();
  const accounts = found.map((row) => row.claimedByCustomerId ?? row.id);
  if (accounts.length === 0) return [];
  const joined = await db
    .selectFrom('customers')
    .select('id')
    .where('claimedByCustomerId', 'in', accounts)
    .execute();
  return [...new Set([...accounts, ...joined.map(({ id }) => id)])].sort();
}

/** Whether others than these have an address. */
export async function countOthersWith(db: Db, email: string, ids: string[]): Promise<number> {
  const { total } = await db
    .selectFrom('customers')
    .select((eb) => eb.fn.countAll<number | string>().as('total'))
    .where('email', '=', email)
    .where('id', 'not in', ids)
    .executeTakeFirstOrThrow();
  return Number(total);
}

/** Customers who were erased since an instant. */
export async function listErasedSince(
  db: Db,
  since: Instant,
): Promise<{ id: string; erasedAt: Instant }[]> {
  return db
    .selectFrom('customers')
    .select(['id', 'erasedAt'])
    .$narrowType<{ erasedAt: Instant }>()
    .where('erasedAt', 'is not', null)
    .where('erasedAt', '>=', since)
    .orderBy('id')
    .execute();
}
