import type { ColumnDataType, Kysely } from 'kysely';

/** Columns that may be null: the only kind that both dialects add to a table with rows. */
const added: Record<string, [name: string, type: ColumnDataType][]> = {
  refunds: [
    ['replaces_refund_id', 'text'],
    ['settled_otherwise_at', 'bigint'],
    ['settled_otherwise_note', 'text'],
    ['settled_otherwise_by_staff_id', 'text'],
  ],
  disputes: [
    ['payment_method_id', 'text'],
    ['is_refundable', 'integer'],
    ['evidence_files', 'text'],
    ['evidence_collected_at', 'bigint'],
    ['evidence_saved_at', 'bigint'],
  ],
  payment_methods: [
    ['frozen_at', 'bigint'],
    ['frozen_by_dispute_id', 'text'],
  ],
};

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const [table, columns] of Object.entries(added)) {
    for (const [name, type] of columns) {
      await db.schema.alterTable(table).addColumn(name, type).execute();
    }
  }
}
