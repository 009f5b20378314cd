import { m } from '@onfile/messages/messages.js';
import type { MailTemplate } from '../mail-kinds.ts';

/** A one-time code: works on the page that asked for it. */
export const oneTimeCode: MailTemplate<'one_time_code'> = (data, { shopName: shop }) => ({
  subject: m.mail_code_subject({ shop, code: data.code }),
  paragraphs: [
    m.mail_code_text({ code: data.code, minutes: String(data.minutes) }),
    m.mail_code_unasked(),
  ],
});

/** A link that proves an account's address. */
export const verifyAddress: MailTemplate<'verify_address'> = (data, { shopName: shop }) => ({
  subject: m.mail_verify_subject({ shop }),
  paragraphs: [m.mail_verify_text(), m.mail_verify_unasked({ shop })],
  button: { words: m.mail_verify_button(), url: data.url },
});
