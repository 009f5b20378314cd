import type { Db, Row } from '../database.ts';
import type { OutboxStatus } from '../mail.ts';

export type MailLine = Pick<
  Row<'outbox'>,
  | 'id'
  | 'kind'
  | 'toAddress'
  | 'subject'
  | 'status'
  | 'tries'
  | 'lastError'
  | 'customerId'
  | 'createdAt'
  | 'sentAt'
  | 'nextTryAt'
>;

/** One page of the outbox, newest first, and how many there are in all. */
export async function listMails(
  db: Db,
  which: { status: OutboxStatus | null; limit: number; offset: number },
): Promise<{ mails: MailLine[]; total: number }> {
  const { status } = which;
  const mails = await db
    .selectFrom('outbox')
    .select([
      'id',
      'kind',
      'toAddress',
      'subject',
      'status',
      'tries',
      'lastError',
      'customerId',
      'createdAt',
      'sentAt',
      'nextTryAt',
    ])
    .$if(status !== null, (query) => query.where('status', '=', status ?? 'pending'))
    .orderBy('createdAt', 'desc')
    .orderBy('id', 'desc')
    .limit(which.limit)
    .offset(which.offset)
    .execute();
  const counted = await db
    .selectFrom('outbox')
    .select((eb) => eb.fn.countAll<number | string>().as('total'))
    .$if(status !== null, (query) => query.where('status', '=', status ?? 'pending'))
    .executeTakeFirstOrThrow();
  return { mails, total: Number(counted.total) };
}
