import { m } from '../compiled/messages.js';

/** Statuses of a payment, as staff read them. */
const names = {
  scheduled: m.admin_payment_status_scheduled,
  requires_payment_method: m.admin_payment_status_requires_payment_method,
  requires_action: m.admin_payment_status_requires_action,
  processing: m.admin_payment_status_processing,
  requires_capture: m.admin_payment_status_requires_capture,
  succeeded: m.admin_payment_status_succeeded,
  canceled: m.admin_payment_status_canceled,
  uncollectible: m.admin_payment_status_uncollectible,
};

/** A payment's status by itself, for staff. */
export function paymentStatusName(status: keyof typeof names): string {
  return names[status]();
}

/** Whether a text is a status that payments have. */
export function isPaymentStatus(text: string): text is keyof typeof names {
  return Object.hasOwn(names, text);
}
