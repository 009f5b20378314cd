import { revokeRecoveryLinks } from '@onfile/db/tables/recovery-links.ts';
import { inTransaction } from '@onfile/db/transaction.ts';
import { audit } from '../audit.ts';
import type { Runtime } from '../runtime.ts';

/** Staff end every link of a payment: whoever has one sees that it no longer works. Twice is once. */
export function revokeRecoveryLink(
  runtime: Runtime,
  ask: { paymentId: string; staffId: string },
): Promise<void> {
  return inTransaction(runtime.db, async (tx) => {
    const revoked = await revokeRecoveryLinks(tx, ask.paymentId, runtime.clock.now());
    if (revoked === 0) return;
    await audit(tx, runtime.clock, {
      actor: { kind: 'staff', id: ask.staffId },
      action: 'recovery.link_revoked',
      subject: { kind: 'payment', id: ask.paymentId },
    });
  });
}
