import type { Db, Instant, Row } from '@onfile/db/database.ts';
import { findAgreement } from '@onfile/db/tables/agreements.ts';

/** Whether an agreement was not withdrawn and is not over: a pending one still waits for its method. */
export function isOngoing(
  agreement: Pick<Row<'agreements'>, 'status' | 'validUntil'>,
  now: Instant,
): boolean {
  if (agreement.status === 'withdrawn') return false;
  return agreement.validUntil === null || agreement.validUntil > now;
}

/** Whether charges may rely on an agreement now: a method was saved under it, and it goes on. */
export async function agreementStands(db: Db, id: string | null, now: Instant): Promise<boolean> {
  const agreement = id === null ? undefined : await findAgreement(db, id);
  return agreement?.status === 'active' && isOngoing(agreement, now);
}
