import { m } from '@onfile/messages/messages.js';
import type { MailTemplate } from '../mail-kinds.ts';

const ends: Record<string, () => string> = {
  release: m.mail_hold_ending_end_release,
  capture: m.mail_hold_ending_end_capture,
  renew: m.mail_hold_ending_end_renew,
};

/** To staff: a bank lets a hold go soon. */
export const holdEndingStaff: MailTemplate<'hold_ending_staff'> = (data, sender) => ({
  subject: m.mail_hold_ending_subject(data),
  paragraphs: [m.mail_hold_ending_text(data), ends[data.end]?.() ?? ''].filter(Boolean),
  button: {
    words: m.mail_hold_ending_button(),
    url: `${sender.adminOrigin}/payments/${data.paymentId}`,
  },
});
