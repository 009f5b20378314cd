import type { Tx } from '@onfile/db/database.ts';
import type { OperationKind, OperationStatus } from '@onfile/db/records.ts';
import { listOperations } from '@onfile/db/tables/stripe-operations.ts';

/** Whether a call of one of these kinds was written down for an intent, and stands at one of these. */
export async function hasBegun(
  tx: Tx,
  intentId: string,
  which: { kinds: readonly OperationKind[]; statuses: readonly OperationStatus[] },
): Promise<boolean> {
  for (const kind of which.kinds) {
    const operations = await listOperations(tx, kind, intentId);
    if (operations.some(({ status }) => which.statuses.includes(status))) return true;
  }
  return false;
}
