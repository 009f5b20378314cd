import type { Row } from '@onfile/db/database.ts';
import { findMail } from '@onfile/db/tables/outbox.ts';
import { Refusal } from '../refusal.ts';
import type { Runtime } from '../runtime.ts';
import type { Settings } from '../settings.ts';
import type { MailData, MailKind } from './mail-kinds.ts';
import { renderMail } from './render-mail.ts';

/** Mails with a code or a link that lets their reader in. */
const secretKinds: readonly string[] = [
  'one_time_code',
  'verify_address',
  'payment_failed',
  'action_required',
  'upcoming_charge',
  'method_expiring',
] satisfies MailKind[];

/** Whether a mail lets whoever reads it in. */
export function isSecretMail(kind: string): boolean {
  return secretKinds.includes(kind);
}

type ShownMail =
  | { shown: 'words'; subject: string; text: string }
  /** It was sent, and nothing but the fact is kept. */
  | { shown: 'not_kept' }
  /** What it says is for its receiver alone. */
  | { shown: 'secret' };

/** @throws Refusal `not_found` */
export async function getMail(
  runtime: Pick<Runtime, 'db' | 'settings'>,
  mailId: string,
): Promise<{ row: Row<'outbox'>; content: ShownMail; isSecret: boolean }> {
  const row = await findMail(runtime.db, mailId);
  if (!row) throw new Refusal('not_found', 'mailId');
  return { row, content: showMail(row, runtime.settings), isSecret: isSecretMail(row.kind) };
}

/**
 * A mail as its receiver gets it, for staff. A code is shown only where mails are kept because no
 * server is set: there the admin is the only way to read them.
 */
function showMail(row: Row<'outbox'>, settings: Settings): ShownMail {
  const isKeptHere = row.status === 'kept' && settings.mail.smtpUrl === null;
  if (isSecretMail(row.kind) && !isKeptHere) return { shown: 'secret' };
  if (row.status === 'sent') return { shown: 'not_kept' };
  const data = JSON.parse(row.data) as MailData[MailKind];
  const { subject, text } = renderMail(row.kind as MailKind, data, settings, row.locale);
  return { shown: 'words', subject, text };
}
