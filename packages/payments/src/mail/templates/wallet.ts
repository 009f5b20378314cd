import { m } from '@onfile/messages/messages.js';
import type { MailTemplate } from '../mail-kinds.ts';

export const methodSaved: MailTemplate<'method_saved'> = ({ method, cap }, sender) => ({
  subject: m.mail_saved_subject({ method, shop: sender.shopName }),
  paragraphs: [
    cap === ''
      ? m.mail_saved_shown_text({ method, shop: sender.shopName })
      : m.mail_saved_text({ method, cap, shop: sender.shopName }),
  ],
  button: {
    words: m.mail_saved_button(),
    url: `${sender.storefrontOrigin}/account/agreements`,
  },
});

export const methodRemoved: MailTemplate<'method_removed'> = ({ method }, sender) => ({
  subject: m.mail_removed_subject({ method, shop: sender.shopName }),
  paragraphs: [m.mail_removed_text({ method, shop: sender.shopName })],
  button: {
    words: m.mail_removed_button(),
    url: `${sender.storefrontOrigin}/account/payment-methods`,
  },
});

/** The shopper removed what a payment was to be charged to. */
export const methodNeeded: MailTemplate<'method_needed'> = ({ amount, reason }, sender) => ({
  subject: m.mail_method_needed_subject({ shop: sender.shopName }),
  paragraphs: [m.mail_method_needed_text({ amount, reason })],
  button: {
    words: m.mail_method_needed_button(),
    url: `${sender.storefrontOrigin}/account/payment-methods`,
  },
});

export const methodNeededStaff: MailTemplate<'method_needed_staff'> = (data, sender) => {
  const { amount, customer, reason } = data;
  return {
    subject: m.mail_method_needed_staff_subject({ customer }),
    paragraphs: [m.mail_method_needed_staff_text({ amount, customer, reason })],
    button: {
      words: m.mail_method_needed_staff_button(),
      url: `${sender.adminOrigin}/payments/${data.paymentId}`,
    },
  };
};
