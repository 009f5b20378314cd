import type { Db, Row } from '@onfile/db/database.ts';

/** Each fact has its mail: a receipt, a refund's notice, and staff's of what was given up. */
export async function findUntold(db: Db, payments: Row<'payments'>[]): Promise<string[]> {
  const mails = await db.selectFrom('outbox').select('dedupeKey').execute();
  const refunds = await db
    .selectFrom('refunds')
    .select('id')
    .where('status', 'in', ['pending', 'succeeded'])
    .execute();
  const givenUp = payments.filter(
    ({ status, nextStepReason }) => status === 'uncollectible' && nextStepReason !== 'written_off',
  );
  const paid = payments.filter(({ status }) => status === 'succeeded');
  const facts = [
    ...paid.map(({ id }) => `payment_charged:${id}`),
    ...givenUp.map(({ id }) => `payment_given_up_staff:${id}`),
    ...refunds.map(({ id }) => `refunded:${id}`),
  ];
  const told = new Set(mails.map(({ dedupeKey }) => dedupeKey));
  return facts.filter((fact) => !told.has(fact)).map((fact) => `no mail tells of ${fact}`);
}
