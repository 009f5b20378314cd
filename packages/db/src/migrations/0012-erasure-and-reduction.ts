import { sql } from 'kysely';
import type { Kysely } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('stripe_events').addColumn('reduced_at', 'bigint').execute();
  // An event enters this index when it has been handled, not when it is stored: the intake, which
  // Stripe waits for, pays nothing for it. What is reduced leaves it, so that it stays as small as
  // what is left to do.
  await db.schema
    .createIndex('stripe_events_unreduced')
    .on('stripe_events')
    .columns(['handled_at', 'id'])
    .where(sql<boolean>`handled_at is not null and reduced_at is null`)
    .execute();
  await db.schema.alterTable('customers').addColumn('erased_at', 'bigint').execute();
  await db.schema
    .createIndex('customers_erased')
    .on('customers')
    .column('erased_at')
    .where(sql.ref('erased_at'), 'is not', null)
    .execute();
}
