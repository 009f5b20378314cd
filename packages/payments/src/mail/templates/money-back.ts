import { m } from '@onfile/messages/messages.js';
import type { MailTemplate } from '../mail-kinds.ts';

/** What a shopper paid goes back to them, in full or in part. */
export const refunded: MailTemplate<'refunded'> = (data, sender) => ({
  subject: m.mail_refunded_subject({ amount: data.amount, shop: sender.shopName }),
  paragraphs: [
    data.method
      ? m.mail_refunded_text_to({ ...data, shop: sender.shopName })
      : m.mail_refunded_text({ ...data, shop: sender.shopName }),
    ...(data.note ? [m.mail_refunded_note({ note: data.note })] : []),
    m.mail_refunded_when(),
  ],
  button: { words: m.mail_refunded_button(), url: `${sender.storefrontOrigin}/account/payments` },
});

export const refundFailedStaff: MailTemplate<'refund_failed_staff'> = (data, sender) => ({
  subject: m.mail_refund_failed_staff_subject({ amount: data.amount, customer: data.customer }),
  paragraphs: [m.mail_refund_failed_staff_text(data)],
  button: {
    words: m.mail_refund_failed_staff_button(),
    url: `${sender.adminOrigin}/payments/${data.paymentId}`,
  },
});

export const disputeOpenedStaff: MailTemplate<'dispute_opened_staff'> = (data, sender) => ({
  subject: m.mail_dispute_staff_subject({ amount: data.amount, customer: data.customer }),
  paragraphs: [
    m.mail_dispute_staff_text(data),
    ...(data.dueOn ? [m.mail_dispute_staff_due({ day: data.dueOn })] : []),
    m.mail_dispute_staff_frozen(),
  ],
  button: {
    words: m.mail_dispute_staff_button(),
    url: `${sender.adminOrigin}/disputes/${data.disputeId}`,
  },
});

export const fraudWarningStaff: MailTemplate<'fraud_warning_staff'> = (data, sender) => ({
  subject: m.mail_fraud_staff_subject({ amount: data.amount, customer: data.customer }),
  paragraphs: [m.mail_fraud_staff_text(data)],
  button: {
    words: m.mail_fraud_staff_button(),
    url: `${sender.adminOrigin}/payments/${data.paymentId}`,
  },
});
