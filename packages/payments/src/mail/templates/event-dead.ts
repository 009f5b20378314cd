import { m } from '@onfile/messages/messages.js';
import type { MailTemplate } from '../mail-kinds.ts';

/** To staff: an event could not be handled, and waits for a person. */
export const eventDeadStaff: MailTemplate<'event_dead_staff'> = (data, sender) => ({
  subject: m.mail_event_dead_staff_subject({ type: data.type }),
  paragraphs: [
    m.mail_event_dead_staff_text({ type: data.type, eventId: data.eventId }),
    m.mail_event_dead_staff_error({ error: data.error }),
    m.mail_event_dead_staff_next(),
  ],
  button: {
    words: m.mail_event_dead_staff_button(),
    url: `${sender.adminOrigin}/events?status=dead`,
  },
});
