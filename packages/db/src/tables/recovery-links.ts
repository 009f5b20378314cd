import type { Db, Instant, NewRow, Row } from '../database.ts';

export async function insertRecoveryLink(db: Db, row: NewRow<'recoveryLinks'>): Promise<void> {
  await db.insertInto('recoveryLinks').values(row).execute();
}

export function findRecoveryLinkByHash(
  db: Db,
  tokenHash: string,
): Promise<Row<'recoveryLinks'> | undefined> {
  return db
    .selectFrom('recoveryLinks')
    .selectAll()
    .where('tokenHash', '=', tokenHash)
    .executeTakeFirst();
}

/** The newest link of a payment that can still be used; a payment has one at a time. */
export function findLiveRecoveryLink(
  db: Db,
  paymentId: string,
  now: Instant,
): Promise<Row<'recoveryLinks'> | undefined> {
  return db
    .selectFrom('recoveryLinks')
    .selectAll()
    .where('paymentId', '=', paymentId)
    .where('revokedAt', 'is', null)
    .where('expiresAt', '>', now)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
}

/** Ends every link of a payment that still works. @returns how many there were */
export async function revokeRecoveryLinks(
  db: Db,
  paymentId: string,
  now: Instant,
): Promise<number> {
  const result = await db
    .updateTable('recoveryLinks')
    .set({ revokedAt: now })
    .where('paymentId', '=', paymentId)
    .where('revokedAt', 'is', null)
    .executeTakeFirst();
  return Number(result.numUpdatedRows);
}

/** Notes that a person has opened a link. */
export async function noteOpened(
  db: Db,
  link: Pick<Row<'recoveryLinks'>, 'id' | 'firstOpenedAt'>,
  now: Instant,
): Promise<void> {
  await db
    .updateTable('recoveryLinks')
    .set({ firstOpenedAt: link.firstOpenedAt ?? now, lastOpenedAt: now })
    .where('id', '=', link.id)
    .execute();
}
