import type { Row, Tx } from '@onfile/db/database.ts';
import { findLiveRecoveryLink, insertRecoveryLink } from '@onfile/db/tables/recovery-links.ts';
import { newId } from '../ids.ts';
import type { Runtime } from '../runtime.ts';
import { hashRecoveryToken, recoveryToken } from './recovery-token.ts';

/** For how long a link works: as long as a shopper may take to come home and read a mail. */
const linkLifetimeMs = 30 * 24 * 60 * 60 * 1000;

/**
 * The one link by which a payment can be paid without a login: the one that there is, or a new one.
 * The payment's row must be held.
 */
export async function ensureRecoveryLink(
  tx: Tx,
  runtime: Pick<Runtime, 'clock' | 'settings'>,
  paymentId: string,
  createdByStaffId: string | null,
): Promise<Row<'recoveryLinks'>> {
  const now = runtime.clock.now();
  const known = await findLiveRecoveryLink(tx, paymentId, now);
  if (known) return known;
  const id = newId('recoveryLink');
  const link: Row<'recoveryLinks'> = {
    id,
    paymentId,
    tokenHash: hashRecoveryToken(recoveryToken(runtime.settings.authSecret, id)),
    createdAt: now,
    expiresAt: now + linkLifetimeMs,
    revokedAt: null,
    createdByStaffId,
    firstOpenedAt: null,
    lastOpenedAt: null,
  };
  await insertRecoveryLink(tx, link);
  return link;
}
