import type { Db } from '@onfile/db/database.ts';
import { insertMail } from '@onfile/db/tables/outbox.ts';
import type { Clock } from '../clock.ts';
import { newId } from '../ids.ts';
import type { MailData, MailKind } from './mail-kinds.ts';

/**
 * Puts a mail into the outbox, in the transaction of what it tells: no fact without its mail, no mail
 * without its fact. The worker sends it.
 * @param mail.about names the fact, so that telling it twice sends one mail
 */
export async function queueMail<Kind extends MailKind>(
  db: Db,
  clock: Clock,
  mail: {
    kind: Kind;
    about: string;
    to: string;
    locale: string;
    data: MailData[Kind];
    customerId: string | null;
  },
): Promise<void> {
  const now = clock.now();
  await insertMail(db, {
    id: newId('mail'),
    kind: mail.kind,
    dedupeKey: `${mail.kind}:${mail.about}`,
    toAddress: mail.to,
    locale: mail.locale,
    data: JSON.stringify(mail.data),
    customerId: mail.customerId,
    createdAt: now,
    nextTryAt: now,
  });
}
