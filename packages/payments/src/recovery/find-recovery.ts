import type { Db, Row } from '@onfile/db/database.ts';
import { findOpenAttempt } from '@onfile/db/tables/attempts.ts';
import { findPayment } from '@onfile/db/tables/payments.ts';
import { findRecoveryLinkByHash } from '@onfile/db/tables/recovery-links.ts';
import { Refusal } from '../refusal.ts';
import type { Runtime } from '../runtime.ts';
import { hashRecoveryToken } from './recovery-token.ts';

/**
 * Whether an amount can be paid by link, and if not, why: it is paid or held already, on its way,
 * being charged right now, or no longer owed.
 */
export type RecoveryState =
  | 'payable'
  | 'paid'
  | 'authorized'
  | 'processing'
  | 'charging'
  | 'canceled'
  | 'revoked'
  | 'expired';

export interface Recovery {
  link: Row<'recoveryLinks'>;
  payment: Row<'payments'>;
  state: RecoveryState;
}

/**
 * What a link leads to. Reading it changes nothing, so that a mail program that looks at links before
 * their reader does uses nothing up.
 * @throws Refusal `link_unknown`: the same for a link that never was and one that was mistyped
 */
export async function findRecovery(
  runtime: Pick<Runtime, 'db' | 'clock'>,
  token: string | null,
): Promise<Recovery> {
  const link = token
    ? await findRecoveryLinkByHash(runtime.db, hashRecoveryToken(token))
    : undefined;
  const payment = link && (await findPayment(runtime.db, link.paymentId));
  if (!link || !payment) throw new Refusal('link_unknown');
  return { link, payment, state: await stateOf(runtime, link, payment) };
}

async function stateOf(
  { db, clock }: Pick<Runtime, 'db' | 'clock'>,
  link: Row<'recoveryLinks'>,
  payment: Row<'payments'>,
): Promise<RecoveryState> {
  const owed = await owedState(db, payment);
  // What was paid is told also by a link that has ended; it gives nothing else away.
  if (owed !== 'payable') return owed;
  if (link.revokedAt !== null) return 'revoked';
  return link.expiresAt <= clock.now() ? 'expired' : 'payable';
}

async function owedState(db: Db, payment: Row<'payments'>): Promise<RecoveryState> {
  switch (payment.status) {
    case 'succeeded':
      return 'paid';
    case 'requires_capture':
      return 'authorized';
    case 'processing':
      return 'processing';
    case 'canceled':
      return 'canceled';
    default:
      return (await findOpenAttempt(db, payment.id)) ? 'charging' : 'payable';
  }
}

/**
 * The same for somebody who acts on it.
 * @throws Refusal `link_unknown`, `payment_under_way`, `link_ended`, `nothing_owed`
 */
export async function requirePayable(
  runtime: Pick<Runtime, 'db' | 'clock'>,
  token: string | null,
): Promise<Recovery> {
  const found = await findRecovery(runtime, token);
  switch (found.state) {
    case 'payable':
      return found;
    case 'charging':
    case 'processing':
      throw new Refusal('payment_under_way');
    case 'revoked':
    case 'expired':
      throw new Refusal('link_ended');
    default:
      throw new Refusal('nothing_owed');
  }
}
