import { m } from '@onfile/messages/messages.js';
import type { MailTemplate } from '../mail-kinds.ts';

export const agreementWithdrawn: MailTemplate<'agreement_withdrawn'> = (data, sender) => ({
  subject: m.mail_withdrawn_subject({ shop: sender.shopName }),
  paragraphs: [
    m.mail_withdrawn_text({ date: data.date }),
    ...(data.waiting > 0 ? [m.mail_withdrawn_waiting({ count: String(data.waiting) })] : []),
    ...(data.held > 0 ? [m.mail_withdrawn_held({ shop: sender.shopName })] : []),
  ],
  button: {
    words: m.mail_withdrawn_button(),
    url: `${sender.storefrontOrigin}/account/agreements`,
  },
});

export const agreementWithdrawnStaff: MailTemplate<'agreement_withdrawn_staff'> = (
  data,
  sender,
) => ({
  subject: m.mail_withdrawn_staff_subject({ customer: data.customer }),
  paragraphs: [
    m.mail_withdrawn_staff_text({
      customer: data.customer,
      date: data.date,
      count: String(data.waiting),
    }),
    ...(data.held > 0 ? [m.mail_withdrawn_held_staff({ count: String(data.held) })] : []),
  ],
  button: {
    words: m.mail_withdrawn_staff_button(),
    url: `${sender.adminOrigin}/customers/${data.customerId}`,
  },
});

/** The permission to debit an account has ended, by its owner's word to their bank or by the bank's. */
export const mandateEnded: MailTemplate<'mandate_ended'> = ({ method, waiting }, sender) => ({
  subject: m.mail_mandate_subject({ method, shop: sender.shopName }),
  paragraphs: [
    m.mail_mandate_text({ method, shop: sender.shopName }),
    ...(waiting > 0 ? [m.mail_mandate_waiting({ count: String(waiting) })] : []),
  ],
  button: {
    words: m.mail_mandate_button(),
    url: `${sender.storefrontOrigin}/account/payment-methods`,
  },
});

export const mandateEndedStaff: MailTemplate<'mandate_ended_staff'> = (data, sender) => {
  const { customer, method } = data;
  const count = String(data.waiting);
  return {
    subject: m.mail_mandate_staff_subject({ customer, method }),
    paragraphs: [m.mail_mandate_staff_text({ customer, method, count })],
    button: {
      words: m.mail_withdrawn_staff_button(),
      url: `${sender.adminOrigin}/customers/${data.customerId}`,
    },
  };
};
