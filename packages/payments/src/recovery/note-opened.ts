import { noteOpened } from '@onfile/db/tables/recovery-links.ts';
import { inTransaction } from '@onfile/db/transaction.ts';
import { audit } from '../audit.ts';
import type { Runtime } from '../runtime.ts';
import { findRecovery } from './find-recovery.ts';

/**
 * A person has opened a link: told by the page's own script, which programs that only look at links in
 * mails do not run. The first time stands in the audit log.
 * @throws Refusal `link_unknown`
 */
export async function noteRecoveryOpened(runtime: Runtime, token: string | null): Promise<void> {
  const { link, payment } = await findRecovery(runtime, token);
  await inTransaction(runtime.db, async (tx) => {
    await noteOpened(tx, link, runtime.clock.now());
    if (link.firstOpenedAt !== null) return;
    await audit(tx, runtime.clock, {
      actor: { kind: 'shopper', id: payment.customerId },
      action: 'recovery.opened',
      subject: { kind: 'payment', id: payment.id },
      details: { link: link.id },
    });
  });
}
