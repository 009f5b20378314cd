import type { Db } from '@onfile/db/database.ts';
import type { MailData } from '@onfile/payments/mail/mail-kinds.ts';

/**
 * What the newest mail of a kind to an address says, also before the worker has taken it. Only where
 * no mail server is set: what was sent is not kept.
 */
export async function latestMail<Kind extends keyof MailData>(
  db: Db,
  kind: Kind,
  to: string,
): Promise<MailData[Kind]> {
  const row = await db
    .selectFrom('outbox')
    .select('data')
    .where('kind', '=', kind)
    .where('toAddress', '=', to.toLowerCase())
    .orderBy('createdAt', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (!row) throw new Error(`no mail of kind ${kind} to ${to}`);
  return JSON.parse(row.data) as MailData[Kind];
}
