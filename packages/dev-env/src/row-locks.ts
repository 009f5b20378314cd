import { sql } from 'kysely';
import type { Db } from '@onfile/db/database.ts';

/** How many transactions in this PostgreSQL database wait for a row that another holds. */
export async function countWaitingForLocks(db: Db): Promise<number> {
  const { rows } = await sql`select 1 from pg_stat_activity
    where wait_event_type = 'Lock' and datname = current_database()`.execute(db);
  return rows.length;
}

/** Whether some transaction in this PostgreSQL database waits for a row that another holds. */
export async function isSomebodyWaiting(db: Db): Promise<boolean> {
  return (await countWaitingForLocks(db)) > 0;
}

/** How many of an order's payments nobody else holds; holds those itself. PostgreSQL only. */
export async function countFreePayments(tx: Db, orderId: string): Promise<number> {
  const { rows } = await sql`select id from payments where order_id = ${orderId}
    for no key update skip locked`.execute(tx);
  return rows.length;
}
