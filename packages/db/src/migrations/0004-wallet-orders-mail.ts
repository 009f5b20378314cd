import { sql } from 'kysely';
import type { ColumnDataType, Kysely } from 'kysely';

type Column = [name: string, type: ColumnDataType, fallback?: string | number];

/** Adds columns one by one, the only way that both dialects have; a fallback makes them required. */
async function addColumns(db: Kysely<unknown>, table: string, columns: Column[]): Promise<void> {
  for (const [name, type, fallback] of columns) {
    await db.schema
      .alterTable(table)
      .addColumn(name, type, (c) => (fallback === undefined ? c : c.notNull().defaultTo(fallback)))
      .execute();
  }
}

async function widenPeople(db: Kysely<unknown>): Promise<void> {
  await addColumns(db, 'customers', [
    ['stripe_account_id', 'text'],
    ['default_payment_method_id', 'text'],
    ['email_proven_at', 'bigint'],
    ['claimed_by_customer_id', 'text'],
  ]);
  await db.schema
    .createIndex('customers_stripe_account')
    .on('customers')
    .column('stripe_account_id')
    .unique()
    .execute();
  await addColumns(db, 'payment_methods', [
    ['nickname', 'text'],
    ['billing_details', 'text'],
    ['bank_name', 'text'],
    ['wallet', 'text'],
    ['stripe_mandate_id', 'text'],
    ['mandate_status', 'text'],
    ['bank_updated_at', 'bigint'],
    ['set_up_at', 'bigint'],
    ['merged_into_id', 'text'],
    ['as_of', 'bigint', 0],
    ['stripe_owner_id', 'text'],
  ]);
  await db.schema
    .createIndex('payment_methods_fingerprint')
    .on('payment_methods')
    .columns(['customer_id', 'fingerprint'])
    .where(sql.ref('fingerprint'), 'is not', null)
    .execute();
}

async function widenAgreements(db: Kysely<unknown>): Promise<void> {
  await addColumns(db, 'terms_versions', [
    ['usage', 'text', 'off_session'],
    ['valid_days', 'integer'],
    ['published_by_staff_id', 'text'],
  ]);
  await db.schema
    .createTable('terms_drafts')
    .addColumn('purpose', 'text', (c) => c.notNull())
    .addColumn('locale', 'text', (c) => c.notNull())
    .addColumn('sections', 'text', (c) => c.notNull())
    .addColumn('cap_amount_minor', 'bigint', (c) => c.notNull())
    .addColumn('currency', 'text', (c) => c.notNull())
    .addColumn('usage', 'text', (c) => c.notNull())
    .addColumn('valid_days', 'integer')
    .addColumn('updated_by_staff_id', 'text')
    .addColumn('updated_at', 'bigint', (c) => c.notNull())
    .addPrimaryKeyConstraint('terms_drafts_pk', ['purpose', 'locale'])
    .execute();
  await addColumns(db, 'agreements', [
    ['usage', 'text', 'off_session'],
    ['redisplay', 'integer', 0],
    ['order_id', 'text'],
    ['valid_until', 'bigint'],
  ]);
  await addColumns(db, 'agreement_methods', [['added_by', 'text', 'setup']]);
  await addColumns(db, 'checkout_sessions', [
    ['order_id', 'text'],
    ['payment_id', 'text'],
    ['stripe_intent_id', 'text'],
    ['intent_status', 'text'],
    ['method_hint', 'text'],
    ['problem', 'text'],
    ['expires_at', 'bigint'],
  ]);
  await addColumns(db, 'payments', [['order_id', 'text']]);
  await db.schema.createIndex('payments_order').on('payments').column('order_id').execute();
}

async function createShop(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('products')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('slug', 'text', (c) => c.notNull().unique())
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('description', 'text', (c) => c.notNull())
    .addColumn('currency', 'text', (c) => c.notNull())
    .addColumn('amount_minor', 'bigint', (c) => c.notNull())
    .addColumn('plan', 'text', (c) => c.notNull())
    .addColumn('stripe_price_id', 'text')
    .addColumn('is_active', 'integer', (c) => c.notNull())
    .addColumn('position', 'integer', (c) => c.notNull())
    .execute();
  await db.schema
    .createTable('orders')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('number', 'text', (c) => c.notNull().unique())
    .addColumn('customer_id', 'text', (c) => c.notNull().references('customers.id'))
    .addColumn('agreement_id', 'text', (c) => c.references('agreements.id'))
    .addColumn('status', 'text', (c) => c.notNull())
    .addColumn('currency', 'text', (c) => c.notNull())
    .addColumn('total_minor', 'bigint', (c) => c.notNull())
    .addColumn('plan', 'text', (c) => c.notNull())
    .addColumn('event_at', 'bigint')
    .addColumn('placed_at', 'bigint', (c) => c.notNull())
    .addColumn('updated_at', 'bigint', (c) => c.notNull())
    .execute();
  await db.schema
    .createIndex('orders_customer')
    .on('orders')
    .columns(['customer_id', 'placed_at'])
    .execute();
  await db.schema
    .createTable('order_items')
    .addColumn('order_id', 'text', (c) => c.notNull().references('orders.id'))
    .addColumn('position', 'integer', (c) => c.notNull())
    .addColumn('product_id', 'text', (c) => c.notNull().references('products.id'))
    .addColumn('description', 'text', (c) => c.notNull())
    .addColumn('quantity', 'integer', (c) => c.notNull())
    .addColumn('unit_amount_minor', 'bigint', (c) => c.notNull())
    .addColumn('stripe_price_id', 'text')
    .addPrimaryKeyConstraint('order_items_pk', ['order_id', 'position'])
    .execute();
}

async function createMail(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('outbox')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('dedupe_key', 'text', (c) => c.notNull().unique())
    .addColumn('to_address', 'text', (c) => c.notNull())
    .addColumn('locale', 'text', (c) => c.notNull())
    .addColumn('data', 'text', (c) => c.notNull())
    .addColumn('customer_id', 'text', (c) => c.references('customers.id'))
    .addColumn('subject', 'text')
    .addColumn('status', 'text', (c) => c.notNull().defaultTo('pending'))
    .addColumn('tries', 'integer', (c) => c.notNull().defaultTo(0))
    .addColumn('last_error', 'text')
    .addColumn('created_at', 'bigint', (c) => c.notNull())
    .addColumn('sent_at', 'bigint')
    .addColumn('next_try_at', 'bigint', (c) => c.notNull())
    .addColumn('leased_until', 'bigint')
    .addColumn('lease_holder', 'text')
    .execute();
  await db.schema
    .createIndex('outbox_pending')
    .on('outbox')
    .column('next_try_at')
    .where(sql.ref('status'), '=', 'pending')
    .execute();
  await db.schema.createIndex('outbox_customer').on('outbox').column('customer_id').execute();
}

async function createLimits(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('rate_limits')
    .addColumn('key', 'text', (c) => c.primaryKey())
    .addColumn('points', 'integer', (c) => c.notNull())
    .addColumn('expires_at', 'bigint', (c) => c.notNull())
    .execute();
  await db.schema
    .createIndex('rate_limits_expiry')
    .on('rate_limits')
    .column('expires_at')
    .execute();
  await db.schema
    .createIndex('customers_claimed')
    .on('customers')
    .column('claimed_by_customer_id')
    .where(sql.ref('claimed_by_customer_id'), 'is not', null)
    .execute();
}

export async function up(db: Kysely<unknown>): Promise<void> {
  await widenPeople(db);
  await widenAgreements(db);
  await createShop(db);
  await createMail(db);
  await createLimits(db);
}
