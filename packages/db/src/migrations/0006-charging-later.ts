import { sql } from 'kysely';
import type { ColumnDataType, Kysely } from 'kysely';

type Column = [name: string, type: ColumnDataType];

/** Adds columns that may be null, one by one: the only way that both dialects have. */
async function addColumns(db: Kysely<unknown>, table: string, columns: Column[]): Promise<void> {
  for (const [name, type] of columns) {
    await db.schema.alterTable(table).addColumn(name, type).execute();
  }
}

async function widenPayments(db: Kysely<unknown>): Promise<void> {
  await addColumns(db, 'payments', [
    ['next_step', 'text'],
    ['next_step_reason', 'text'],
    ['charge_at', 'bigint'],
    ['tries_made', 'integer'],
    ['tries_allowed', 'integer'],
    ['paused_at', 'bigint'],
    ['shopper_step_at', 'bigint'],
    ['capture_before', 'bigint'],
    ['hold_end', 'text'],
    ['leased_until', 'bigint'],
    ['lease_holder', 'text'],
  ]);
  await db.schema
    .createIndex('payments_to_charge')
    .on('payments')
    .column('charge_at')
    .where(sql.ref('next_step'), '=', 'charge')
    .execute();
  await db.schema
    .createIndex('payments_next_step')
    .on('payments')
    .columns(['next_step', 'due_at'])
    .where(sql.ref('next_step'), 'is not', null)
    .execute();
  await db.schema
    .createIndex('payments_held')
    .on('payments')
    .column('capture_before')
    .where(sql.ref('status'), '=', 'requires_capture')
    .execute();
  await addColumns(db, 'payment_intents', [['future_usage', 'text']]);
  await addColumns(db, 'attempts', [
    ['network_advice_code', 'text'],
    ['card_fingerprint', 'text'],
  ]);
  await db.schema
    .createIndex('attempts_card')
    .on('attempts')
    .columns(['card_fingerprint', 'started_at'])
    .where(sql.ref('card_fingerprint'), 'is not', null)
    .execute();
}

async function createRefunds(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('refunds')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('payment_id', 'text', (c) => c.notNull().references('payments.id'))
    .addColumn('stripe_refund_id', 'text', (c) => c.unique())
    .addColumn('amount_minor', 'bigint', (c) => c.notNull())
    .addColumn('currency', 'text', (c) => c.notNull())
    .addColumn('reason', 'text', (c) => c.notNull())
    .addColumn('note', 'text', (c) => c.notNull())
    .addColumn('status', 'text', (c) => c.notNull())
    .addColumn('failure_reason', 'text')
    .addColumn('requested_by_staff_id', 'text')
    .addColumn('request_id', 'text', (c) => c.unique())
    .addColumn('as_of', 'bigint', (c) => c.notNull())
    .addColumn('created_at', 'bigint', (c) => c.notNull())
    .addColumn('updated_at', 'bigint', (c) => c.notNull())
    .execute();
  await db.schema.createIndex('refunds_payment').on('refunds').column('payment_id').execute();
}

async function createDisputes(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('disputes')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('payment_id', 'text', (c) => c.notNull().references('payments.id'))
    .addColumn('stripe_dispute_id', 'text', (c) => c.notNull().unique())
    .addColumn('stripe_charge_id', 'text', (c) => c.notNull())
    .addColumn('amount_minor', 'bigint', (c) => c.notNull())
    .addColumn('currency', 'text', (c) => c.notNull())
    .addColumn('reason', 'text', (c) => c.notNull())
    .addColumn('status', 'text', (c) => c.notNull())
    .addColumn('evidence_due_at', 'bigint')
    .addColumn('evidence', 'text', (c) => c.notNull())
    .addColumn('submitted_at', 'bigint')
    .addColumn('as_of', 'bigint', (c) => c.notNull())
    .addColumn('created_at', 'bigint', (c) => c.notNull())
    .addColumn('updated_at', 'bigint', (c) => c.notNull())
    .addColumn('closed_at', 'bigint')
    .execute();
  await db.schema.createIndex('disputes_payment').on('disputes').column('payment_id').execute();
  await db.schema
    .createIndex('disputes_due')
    .on('disputes')
    .column('evidence_due_at')
    .where(sql.ref('closed_at'), 'is', null)
    .execute();
}

async function createRecoveryLinks(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('recovery_links')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('payment_id', 'text', (c) => c.notNull().references('payments.id'))
    .addColumn('token_hash', 'text', (c) => c.notNull().unique())
    .addColumn('created_at', 'bigint', (c) => c.notNull())
    .addColumn('expires_at', 'bigint', (c) => c.notNull())
    .addColumn('revoked_at', 'bigint')
    .addColumn('created_by_staff_id', 'text')
    .addColumn('first_opened_at', 'bigint')
    .addColumn('last_opened_at', 'bigint')
    .execute();
  await db.schema
    .createIndex('recovery_links_payment')
    .on('recovery_links')
    .column('payment_id')
    .execute();
}

async function createNotesAndBuckets(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('notes')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('customer_id', 'text', (c) => c.notNull().references('customers.id'))
    .addColumn('staff_id', 'text', (c) => c.notNull())
    .addColumn('text', 'text', (c) => c.notNull())
    .addColumn('created_at', 'bigint', (c) => c.notNull())
    .execute();
  await db.schema
    .createIndex('notes_customer')
    .on('notes')
    .columns(['customer_id', 'created_at'])
    .execute();
  await db.schema
    .createTable('pacing_buckets')
    .addColumn('key', 'text', (c) => c.primaryKey())
    .addColumn('second', 'bigint', (c) => c.notNull())
    .addColumn('taken', 'integer', (c) => c.notNull())
    .addColumn('next_at', 'bigint', (c) => c.notNull())
    .execute();
}

/** Stripe may say that a failed call is not to be sent again. */
async function widenAttempts(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .alterTable('attempts')
    .addColumn('may_resend', 'integer', (c) => c.notNull().defaultTo(1))
    .execute();
}

export async function up(db: Kysely<unknown>): Promise<void> {
  await widenAttempts(db);
  await widenPayments(db);
  await createRefunds(db);
  await createDisputes(db);
  await createRecoveryLinks(db);
  await createNotesAndBuckets(db);
}
