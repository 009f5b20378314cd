import { sql } from 'kysely';
import type { Kysely } from 'kysely';

async function createPayments(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('payments')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('customer_id', 'text', (c) => c.notNull().references('customers.id'))
    .addColumn('agreement_id', 'text', (c) => c.references('agreements.id'))
    .addColumn('payment_method_id', 'text', (c) => c.references('payment_methods.id'))
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('amount_minor', 'bigint', (c) => c.notNull())
    .addColumn('amount_received_minor', 'bigint', (c) => c.notNull().defaultTo(0))
    .addColumn('currency', 'text', (c) => c.notNull())
    .addColumn('reason', 'text', (c) => c.notNull())
    .addColumn('status', 'text', (c) => c.notNull())
    .addColumn('due_at', 'bigint', (c) => c.notNull())
    .addColumn('charge_request_id', 'text', (c) => c.unique())
    .addColumn('created_by_staff_id', 'text')
    .addColumn('duplicate_of_payment_id', 'text', (c) => c.references('payments.id'))
    .addColumn('created_at', 'bigint', (c) => c.notNull())
    .addColumn('updated_at', 'bigint', (c) => c.notNull())
    .addColumn('settled_at', 'bigint')
    .execute();
  await db.schema
    .createIndex('payments_customer')
    .on('payments')
    .columns(['customer_id', 'created_at'])
    .execute();
  await db.schema
    .createIndex('payments_agreement')
    .on('payments')
    .columns(['agreement_id', 'status'])
    .execute();
  await db.schema.createIndex('payments_created').on('payments').column('created_at').execute();
  await db.schema
    .createTable('payment_intents')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('payment_id', 'text', (c) => c.notNull().references('payments.id'))
    .addColumn('stripe_payment_intent_id', 'text', (c) => c.notNull().unique())
    .addColumn('status', 'text', (c) => c.notNull())
    .addColumn('amount_received_minor', 'bigint', (c) => c.notNull())
    .addColumn('latest_charge_id', 'text')
    .addColumn('superseded_at', 'bigint')
    .addColumn('as_of', 'bigint', (c) => c.notNull())
    .addColumn('created_at', 'bigint', (c) => c.notNull())
    .addColumn('updated_at', 'bigint', (c) => c.notNull())
    .execute();
  // At most one live intent per payment, held by the database itself.
  await db.schema
    .createIndex('payment_intents_one_live')
    .on('payment_intents')
    .column('payment_id')
    .unique()
    .where(sql.ref('superseded_at'), 'is', null)
    .execute();
}

async function createAttempts(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('attempts')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('payment_id', 'text', (c) => c.notNull().references('payments.id'))
    .addColumn('number', 'integer', (c) => c.notNull())
    .addColumn('payment_method_id', 'text', (c) => c.notNull().references('payment_methods.id'))
    .addColumn('status', 'text', (c) => c.notNull())
    .addColumn('unknown', 'integer', (c) => c.notNull().defaultTo(0))
    .addColumn('idempotency_key', 'text', (c) => c.notNull().unique())
    .addColumn('request', 'text', (c) => c.notNull())
    .addColumn('error_code', 'text')
    .addColumn('decline_code', 'text')
    .addColumn('advice_code', 'text')
    .addColumn('network_decline_code', 'text')
    .addColumn('stripe_charge_id', 'text')
    .addColumn('stripe_request_id', 'text')
    .addColumn('send_count', 'integer', (c) => c.notNull().defaultTo(0))
    .addColumn('started_at', 'bigint', (c) => c.notNull())
    .addColumn('finished_at', 'bigint')
    .addColumn('next_try_at', 'bigint', (c) => c.notNull())
    .addColumn('leased_until', 'bigint')
    .addColumn('lease_holder', 'text')
    .addUniqueConstraint('attempts_number', ['payment_id', 'number'])
    .execute();
  // No second attempt while one is open, held by the database itself.
  await db.schema
    .createIndex('attempts_one_open')
    .on('attempts')
    .column('payment_id')
    .unique()
    .where(sql.ref('status'), '=', 'open')
    .execute();
  await db.schema
    .createIndex('attempts_to_do')
    .on('attempts')
    .column('next_try_at')
    .where(sql.ref('status'), '=', 'open')
    .execute();
  await db.schema
    .createTable('stripe_operations')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('subject_id', 'text', (c) => c.notNull())
    .addColumn('idempotency_key', 'text', (c) => c.notNull().unique())
    .addColumn('request', 'text', (c) => c.notNull())
    .addColumn('status', 'text', (c) => c.notNull())
    .addColumn('error_code', 'text')
    .addColumn('send_count', 'integer', (c) => c.notNull().defaultTo(0))
    .addColumn('created_at', 'bigint', (c) => c.notNull())
    .addColumn('finished_at', 'bigint')
    .addColumn('next_try_at', 'bigint', (c) => c.notNull())
    .addColumn('leased_until', 'bigint')
    .addColumn('lease_holder', 'text')
    .execute();
  await db.schema
    .createIndex('stripe_operations_subject')
    .on('stripe_operations')
    .columns(['subject_id', 'kind'])
    .execute();
  await db.schema
    .createIndex('stripe_operations_to_do')
    .on('stripe_operations')
    .column('next_try_at')
    .where(sql.ref('status'), '=', 'open')
    .execute();
}

export async function up(db: Kysely<unknown>): Promise<void> {
  await createPayments(db);
  await createAttempts(db);
}
