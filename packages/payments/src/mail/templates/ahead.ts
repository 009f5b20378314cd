import { m } from '@onfile/messages/messages.js';
import { recoveryUrl } from '../../recovery/recovery-token.ts';
import type { MailTemplate } from '../mail-kinds.ts';

/** What will be charged, some days before: to be paid now, or with another card. */
export const upcomingCharge: MailTemplate<'upcoming_charge'> = (data, sender) => {
  const { amount, reason, day, method } = data;
  const shop = sender.shopName;
  return {
    subject: m.mail_upcoming_subject({ amount, day }),
    paragraphs: [
      m.mail_upcoming_text({ amount, reason, day, method, shop }),
      m.mail_upcoming_otherwise(),
    ],
    button: { words: m.mail_upcoming_button(), url: recoveryUrl(sender, data.linkId) },
  };
};

/** A card that will have ended when the next payment falls due. */
export const methodExpiring: MailTemplate<'method_expiring'> = (data, sender) => {
  const { amount, reason, day, method, expiry } = data;
  const shop = sender.shopName;
  return {
    subject: m.mail_expiring_subject({ method, shop }),
    paragraphs: [
      m.mail_expiring_text({ method, expiry, amount, reason, day, shop }),
      m.mail_expiring_otherwise(),
    ],
    button: { words: m.mail_expiring_button(), url: recoveryUrl(sender, data.linkId) },
  };
};
