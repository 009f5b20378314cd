import { sql } from 'kysely';
import type { ColumnDataType, CreateTableBuilder, Kysely } from 'kysely';

/** Columns that may be null: the only kind that both dialects add to a table with rows. */
const added: Record<string, [name: string, type: ColumnDataType][]> = {
  stripe_events: [['came_by', 'text']],
  environment: [
    ['key_hash', 'text'],
    ['storefront_origin', 'text'],
    ['verdict', 'text'],
    ['verdict_for', 'text'],
    ['verdict_at', 'bigint'],
    ['verdict_by', 'text'],
  ],
};

/** What lets a worker take a run, go on where another died, and try again later. */
function addResumption<T extends string, C extends string>(
  table: CreateTableBuilder<T, C>,
): CreateTableBuilder<T, string> {
  return table
    .addColumn('cursor', 'text')
    .addColumn('status', 'text', (c) => c.notNull())
    .addColumn('tries', 'integer', (c) => c.notNull())
    .addColumn('created_at', 'bigint', (c) => c.notNull())
    .addColumn('finished_at', 'bigint')
    .addColumn('next_try_at', 'bigint', (c) => c.notNull())
    .addColumn('leased_until', 'bigint')
    .addColumn('lease_holder', 'text')
    .addColumn('last_error', 'text');
}

async function createBackFills(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('back_fills')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('reason', 'text', (c) => c.notNull())
    .addColumn('from_at', 'bigint', (c) => c.notNull())
    .addColumn('to_at', 'bigint', (c) => c.notNull())
    .addColumn('seen', 'integer', (c) => c.notNull())
    .addColumn('missed', 'integer', (c) => c.notNull())
    .$call(addResumption)
    .execute();
  // One scheduled run at a time, whoever of several workers thinks of it.
  await db.schema
    .createIndex('back_fills_one_scheduled')
    .on('back_fills')
    .column('status')
    .unique()
    .where(sql.ref('status'), '=', 'open')
    .where(sql.ref('reason'), '=', 'schedule')
    .execute();
}

async function createDrift(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('drift_runs')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('extent', 'text', (c) => c.notNull())
    .addColumn('is_repairing', 'integer', (c) => c.notNull())
    .addColumn('step', 'text', (c) => c.notNull())
    .addColumn('checked', 'integer', (c) => c.notNull())
    .addColumn('total', 'integer', (c) => c.notNull())
    .addColumn('requested_by', 'text')
    .$call(addResumption)
    .execute();
  await db.schema
    .createTable('drift_findings')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('run_id', 'text', (c) => c.notNull().references('drift_runs.id'))
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('subject_kind', 'text', (c) => c.notNull())
    .addColumn('subject_id', 'text')
    .addColumn('stripe_id', 'text', (c) => c.notNull())
    .addColumn('ours', 'text')
    .addColumn('stripes', 'text')
    .addColumn('since', 'bigint')
    .addColumn('why', 'text', (c) => c.notNull())
    .addColumn('event_id', 'text')
    .addColumn('found_at', 'bigint', (c) => c.notNull())
    .addColumn('repaired_at', 'bigint')
    .addColumn('repair_error', 'text')
    .addUniqueConstraint('drift_findings_once', ['run_id', 'kind', 'stripe_id'])
    .execute();
}

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const [table, columns] of Object.entries(added)) {
    for (const [name, type] of columns) {
      await db.schema.alterTable(table).addColumn(name, type).execute();
    }
  }
  // The ledger of one object, for its page and for the reasons of a drift.
  await db.schema
    .createIndex('stripe_events_object')
    .on('stripe_events')
    .column('object_id')
    .execute();
  // What is being handled now: two events about one object never are.
  await db.schema
    .createIndex('stripe_events_leased')
    .on('stripe_events')
    .column('object_id')
    .where(sql.ref('lease_holder'), 'is not', null)
    .execute();
  await db.schema
    .createIndex('stripe_events_dead')
    .on('stripe_events')
    .column('received_at')
    .where(sql.ref('status'), '=', 'dead')
    .execute();
  await db.schema
    .createIndex('stripe_events_received')
    .on('stripe_events')
    .column('received_at')
    .execute();
  await db.schema
    .createTable('event_types')
    .addColumn('type', 'text', (c) => c.primaryKey())
    .addColumn('last_event_id', 'text', (c) => c.notNull())
    .addColumn('last_received_at', 'bigint', (c) => c.notNull())
    .execute();
  await createBackFills(db);
  await createDrift(db);
}
