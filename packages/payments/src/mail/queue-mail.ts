import type { Db } from '@onfile/db/database.ts';
import { findCustomer, findLocaleOf } from '@onfile/db/tables/customers.ts';
import { erasedAddress } from '@onfile/db/tables/erase-person.ts';
import { insertMail } from '@onfile/db/tables/outbox.ts';
import { baseLocale, inLocale } from '@onfile/messages/current-locale.ts';
import type { Clock } from '../clock.ts';
import { newId } from '../ids.ts';
import type { MailData, MailKind } from './mail-kinds.ts';

/**
 * Puts a mail into the outbox, in the transaction of what it tells: no fact without its mail, no mail
 * without its fact. The worker sends it. To a person who was erased nothing is sent.
 * @param mail.about names the fact, so that telling it twice sends one mail
 */
export async function queueMail<Kind extends MailKind>(
  db: Db,
  clock: Clock,
  mail: {
    kind: Kind;
    about: string;
    to: string;
    /** Facts as words are written in the reader's language: within it is the one that all words are in. */
    data: () => MailData[Kind];
    customerId: string | null;
    /** The customer's, where the caller has just read it. */
    locale?: string | null;
  },
): Promise<void> {
  if (mail.to === erasedAddress) return;
  const now = clock.now();
  const locale = await localeOf(db, mail);
  await insertMail(db, {
    id: newId('mail'),
    kind: mail.kind,
    dedupeKey: `${mail.kind}:${mail.about}`,
    toAddress: mail.to,
    locale,
    data: JSON.stringify(inLocale(locale, mail.data)),
    customerId: mail.customerId,
    createdAt: now,
    nextTryAt: now,
  });
}

/** Staff read what the admin is written in; shoppers what their browser last asked for. */
async function localeOf(
  db: Db,
  mail: { kind: MailKind; to: string; customerId: string | null; locale?: string | null },
): Promise<string> {
  if (mail.kind.endsWith('_staff')) return baseLocale;
  if (mail.locale !== undefined) return mail.locale ?? baseLocale;
  const { customerId } = mail;
  const known = customerId
    ? (await findCustomer(db, customerId))?.locale
    : await findLocaleOf(db, mail.to);
  return known ?? baseLocale;
}
