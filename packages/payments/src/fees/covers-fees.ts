import type { Instant, Row } from '@onfile/db/database.ts';
import { isOngoing } from '../agreements/agreement-stands.ts';
import { purposeCovers } from '../agreements/purposes.ts';

/**
 * Whether a fee may be asked for under an agreement now: its shopper was shown it, and stands by it. What a
 * page names and what is charged both follow this.
 */
export function coversFees(
  agreement:
    Pick<Row<'agreements'>, 'status' | 'validUntil' | 'purpose' | 'usage'> | null | undefined,
  now: Instant,
): boolean {
  if (agreement?.status !== 'active' || agreement.usage !== 'off_session') return false;
  return isOngoing(agreement, now) && purposeCovers(agreement.purpose, 'fee');
}
