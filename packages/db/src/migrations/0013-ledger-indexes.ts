import { sql } from 'kysely';
import type { Kysely } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  // What the ledger is narrowed by. An event enters these when it is ended, not when it is stored, so that
  // the intake pays nothing for them, however many are stored; what still waits is found among what waits.
  await db.schema
    .createIndex('stripe_events_ended_object')
    .on('stripe_events')
    .column('object_id')
    .where(sql.ref('status'), '<>', 'pending')
    .execute();
  // One word, since PostgreSQL keeps count of the values of an expression, but of two columns only one by
  // one: it would expect to meet, among the newest, what is ignored of a type that is always handled.
  await db.schema
    .createIndex('stripe_events_ended_type')
    .on('stripe_events')
    .expression(sql`(type || ' ' || status), received_at`)
    .where(sql.ref('status'), '<>', 'pending')
    .execute();
  // Said with OR: of a list in parentheses SQLite does not see that one value is in it.
  await db.schema
    .createIndex('stripe_events_aside')
    .on('stripe_events')
    .columns(['status', 'received_at'])
    .where(sql<boolean>`status = 'dead' or status = 'ignored'`)
    .execute();
  // Both are in the new ones. The first was the one index whose cost for the intake grew with what is
  // stored: an object may be of any age, so that each event touched another page of it.
  await db.schema.dropIndex('stripe_events_object').execute();
  await db.schema.dropIndex('stripe_events_dead').execute();
}
