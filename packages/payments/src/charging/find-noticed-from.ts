import type { Instant, Row, Tx } from '@onfile/db/database.ts';
import { findNotice } from '@onfile/db/tables/ahead.ts';
import { noticeDaysOf } from '../dunning/notice-days.ts';

const dayMs = 24 * 60 * 60 * 1000;

/**
 * From when on a first charge may be made, by the notice that its payer is owed: a debit that nobody was told
 * of waits until they were.
 */
export async function findNoticedFrom(
  tx: Tx,
  payment: Row<'payments'>,
  by: { type: string | null; now: Instant },
): Promise<Instant> {
  const days = noticeDaysOf(by.type);
  if (days === 0) return 0;
  const noticedAt = await findNotice(tx, payment);
  return noticedAt === null ? by.now + (days + 1) * dayMs : noticedAt + days * dayMs;
}
