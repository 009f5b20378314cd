import type { Db } from '../database.ts';

/** What for a customer was saving a method in a Session: the purpose of the agreement it was opened with. */
export async function findSetupPurpose(
  db: Db,
  of: { customerId: string; stripeSessionId: string },
): Promise<string | null> {
  const found = await db
    .selectFrom('checkoutSessions')
    .innerJoin('agreements', 'agreements.id', 'checkoutSessions.agreementId')
    .select('agreements.purpose')
    .where('checkoutSessions.customerId', '=', of.customerId)
    .where('checkoutSessions.stripeSessionId', '=', of.stripeSessionId)
    .executeTakeFirst();
  return found?.purpose ?? null;
}
