import { findMail, reviveMail } from '@onfile/db/tables/outbox.ts';
import { inTransaction } from '@onfile/db/transaction.ts';
import { audit } from '../audit.ts';
import { Refusal } from '../refusal.ts';
import type { Runtime } from '../runtime.ts';

/**
 * Staff send a mail again that no server took. One that is on its way or has arrived stays as it is.
 * @throws Refusal `not_found`
 */
export function retryMail(
  runtime: Runtime,
  retry: { mailId: string; staffId: string },
): Promise<void> {
  return inTransaction(runtime.db, async (tx) => {
    const mail = await findMail(tx, retry.mailId);
    if (!mail) throw new Refusal('not_found', 'mailId');
    const isRevived = await reviveMail(tx, mail.id, runtime.clock.now());
    if (!isRevived) return;
    await audit(tx, runtime.clock, {
      actor: { kind: 'staff', id: retry.staffId },
      action: 'mail.retried',
      subject: { kind: 'mail', id: mail.id },
      details: { kind: mail.kind },
    });
  });
}
