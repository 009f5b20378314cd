import type { Row } from '@onfile/db/database.ts';
import { claim } from '@onfile/db/lease.ts';
import { endMail, postponeMail } from '@onfile/db/tables/outbox.ts';
import { backOff } from '../back-off.ts';
import { messageOf } from '../message-of.ts';
import { countLeases, countMail } from '../observability/metrics.ts';
import type { Runtime } from '../runtime.ts';
import { workerLease } from '../worker/worker-lease.ts';
import type { MailData, MailKind } from './mail-kinds.ts';
import { openMailer } from './mailer.ts';
import type { Mailer } from './mailer.ts';
import { renderMail } from './render-mail.ts';

/** A mail that no server took in about a day waits for a person. */
const maxTries = 14;

/**
 * Sends what waits in the outbox; where no mail server is set, mails are kept for the admin to show.
 * @returns how many were taken
 */
export async function deliverOutbox(runtime: Runtime): Promise<number> {
  const mails = countLeases('outbox', await claim(runtime.db, 'outbox', workerLease(runtime)));
  const mailer = mails.length > 0 ? openMailer(runtime.settings) : null;
  for (const row of mails) await deliver(runtime, mailer, row);
  return mails.length;
}

async function deliver(runtime: Runtime, mailer: Mailer | null, row: Row<'outbox'>): Promise<void> {
  const now = runtime.clock.now();
  try {
    const mail = renderMail(
      row.kind as MailKind,
      JSON.parse(row.data) as MailData[MailKind],
      runtime.settings,
      row.locale,
    );
    if (mailer === null) {
      await endMail(runtime.db, row.id, { status: 'kept', sentAt: now, subject: mail.subject });
      countMail('kept');
      return;
    }
    await mailer({ ...mail, to: row.toAddress, id: row.id });
    // What was sent may hold a code or a link that lets its reader in: it is not kept beside it.
    const subject = row.kind === 'one_time_code' ? null : mail.subject;
    await endMail(runtime.db, row.id, { status: 'sent', sentAt: now, subject, data: '{}' });
    countMail('sent');
  } catch (error) {
    await tryAgain(runtime, row, error);
  }
}

async function tryAgain(runtime: Runtime, row: Row<'outbox'>, error: unknown): Promise<void> {
  const now = runtime.clock.now();
  const lastError = messageOf(error);
  runtime.log.warn({ mail: row.id, kind: row.kind, err: error }, 'mail not sent');
  if (row.tries + 1 >= maxTries) {
    await endMail(runtime.db, row.id, { status: 'dead', lastError });
    countMail('dead');
    return;
  }
  countMail('again');
  const nextTryAt = backOff(now, row.tries, { firstMs: 10_000, mostMs: 14_400_000 });
  await postponeMail(runtime.db, row.id, { nextTryAt, lastError });
}
