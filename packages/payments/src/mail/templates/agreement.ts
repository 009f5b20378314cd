import { m } from '@onfile/messages/messages.js';
import type { MailTemplate } from '../mail-kinds.ts';

export const agreementWithdrawn: MailTemplate<'agreement_withdrawn'> = (data, sender) => ({
  subject: m.mail_withdrawn_subject({ shop: sender.shopName }),
  paragraphs: [
    m.mail_withdrawn_text({ date: data.date }),
    ...(data.waiting > 0 ? [m.mail_withdrawn_waiting({ count: String(data.waiting) })] : []),
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
  ],
  button: {
    words: m.mail_withdrawn_staff_button(),
    url: `${sender.adminOrigin}/customers/${data.customerId}`,
  },
});
