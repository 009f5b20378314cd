import type { Db, Instant, Row } from '../database.ts';

type Card = Pick<Row<'paymentMethods'>, 'id' | 'customerId' | 'fingerprint'>;

/** The entries of a customer for one card: what is said of one holds for all of them. */
function sameCard(db: Db, method: Card) {
  const { fingerprint } = method;
  return db
    .selectFrom('paymentMethods')
    .where('customerId', '=', method.customerId)
    .where((eb) =>
      eb.or([
        eb('id', '=', method.id),
        ...(fingerprint === null ? [] : [eb('fingerprint', '=', fingerprint)]),
      ]),
    );
}

/** Whether a method may not be charged now; a card saved a second time is the same card. */
export async function isFrozen(db: Db, method: Card): Promise<boolean> {
  const row = await sameCard(db, method)
    .select('id')
    .where('frozenAt', 'is not', null)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** Keeps every entry for the card from being charged. */
export async function freezeMethod(
  db: Db,
  method: Card,
  by: { disputeId: string; now: Instant },
): Promise<void> {
  await db
    .updateTable('paymentMethods')
    .set({ frozenAt: by.now, frozenByDisputeId: by.disputeId, updatedAt: by.now })
    .where('id', 'in', sameCard(db, method).select('id'))
    .where('frozenAt', 'is', null)
    .execute();
}

/** Lets every entry for the card be charged again. */
export async function unfreezeMethod(db: Db, method: Card, now: Instant): Promise<void> {
  await db
    .updateTable('paymentMethods')
    .set({ frozenAt: null, frozenByDisputeId: null, updatedAt: now })
    .where('id', 'in', sameCard(db, method).select('id'))
    .where('frozenAt', 'is not', null)
    .execute();
}

/** Every entry of the customer for the card of this method, itself included. */
export async function listSameCardIds(db: Db, method: Card): Promise<string[]> {
  const rows = await sameCard(db, method).select('id').execute();
  return rows.map(({ id }) => id);
}
