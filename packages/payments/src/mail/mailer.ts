import { createTransport } from 'nodemailer';
import type { Settings } from '../settings.ts';
import type { RenderedMail } from './render-mail.ts';

/** Sends one mail; throws when the server did not take it. */
export type Mailer = (mail: RenderedMail & { to: string; id: string }) => Promise<void>;

/** A mailer over SMTP; null where no server is set, and mails are kept instead. */
export function openMailer(settings: Pick<Settings, 'mail'>): Mailer | null {
  const { smtpUrl, from } = settings.mail;
  if (smtpUrl === null) return null;
  const transport = createTransport(smtpUrl, { from });
  return async ({ to, id, subject, text, html }) => {
    // The same id on a second try lets a server that took the first one drop it.
    const messageId = `<${id}@${new URL(smtpUrl).hostname}>`;
    await transport.sendMail({ to, subject, text, html, messageId });
  };
}
