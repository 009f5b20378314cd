import { currentLocale, inLocale } from '@onfile/messages/current-locale.ts';
import { m } from '@onfile/messages/mail-messages.ts';
import type { MailData, MailKind, MailSender, MailTemplate, MailWords } from './mail-kinds.ts';
import {
  agreementWithdrawn,
  agreementWithdrawnStaff,
  mandateEnded,
  mandateEndedStaff,
} from './templates/agreement.ts';
import {
  actionRequired,
  holdPlaced,
  holdReleased,
  paymentCharged,
  paymentFailed,
  paymentGivenUpStaff,
} from './templates/payment.ts';
import {
  disputeOpenedStaff,
  fraudWarningStaff,
  refundFailedStaff,
  refunded,
} from './templates/money-back.ts';
import { methodExpiring, upcomingCharge } from './templates/ahead.ts';
import { eventDeadStaff } from './templates/event-dead.ts';
import { holdEndingStaff } from './templates/hold-ending.ts';
import { oneTimeCode, verifyAddress } from './templates/proof.ts';
import { methodNeeded, methodNeededStaff, methodRemoved, methodSaved } from './templates/wallet.ts';

const templates: { [Kind in MailKind]: MailTemplate<Kind> } = {
  one_time_code: oneTimeCode,
  verify_address: verifyAddress,
  method_saved: methodSaved,
  method_removed: methodRemoved,
  payment_charged: paymentCharged,
  payment_failed: paymentFailed,
  action_required: actionRequired,
  hold_placed: holdPlaced,
  hold_released: holdReleased,
  payment_given_up_staff: paymentGivenUpStaff,
  upcoming_charge: upcomingCharge,
  method_expiring: methodExpiring,
  hold_ending_staff: holdEndingStaff,
  method_needed: methodNeeded,
  method_needed_staff: methodNeededStaff,
  mandate_ended: mandateEnded,
  mandate_ended_staff: mandateEndedStaff,
  refunded,
  refund_failed_staff: refundFailedStaff,
  dispute_opened_staff: disputeOpenedStaff,
  fraud_warning_staff: fraudWarningStaff,
  agreement_withdrawn: agreementWithdrawn,
  agreement_withdrawn_staff: agreementWithdrawnStaff,
  event_dead_staff: eventDeadStaff,
};

export interface RenderedMail {
  subject: string;
  text: string;
  html: string;
}

/**
 * Writes a mail as text and as plain HTML without images; every value in the HTML is escaped.
 * @param locale its reader's; in one that there is not, it is in the base locale
 */
export function renderMail<Kind extends MailKind>(
  kind: Kind,
  data: MailData[Kind],
  sender: MailSender,
  locale: string,
): RenderedMail {
  return inLocale(locale, () => {
    const words = templates[kind](data, sender);
    // A line break in a subject would start another header.
    const subject = words.subject.replaceAll(/\s+/g, ' ');
    return { subject, text: asText(words, sender), html: asHtml(words, sender) };
  });
}

function asText(words: MailWords, sender: MailSender): string {
  const { button } = words;
  return [
    m.mail_greeting_plain(),
    ...words.paragraphs,
    ...(button ? [`${button.words}: ${button.url}`] : []),
    m.mail_footer({ shop: sender.shopName }),
  ].join('\n\n');
}

function asHtml(words: MailWords, sender: MailSender): string {
  const { button } = words;
  const paragraph = (text: string) => `<p>${escapeHtml(text)}</p>`;
  const link = button
    ? `<p><a href="${escapeHtml(button.url)}" style="display:inline-block;padding:12px 20px;border-radius:8px;background:#1f3d36;color:#ffffff;text-decoration:none">${escapeHtml(button.words)}</a></p>
<p style="font-size:13px;color:#5c5c5c">${escapeHtml(m.mail_link_fallback({ url: button.url }))}</p>`
    : '';
  return `<!doctype html>
<html lang="${currentLocale()}"><head><meta charset="utf-8"><title>${escapeHtml(words.subject)}</title></head>
<body style="margin:0;padding:24px;font-family:system-ui,sans-serif;font-size:16px;line-height:1.5;color:#1c1c1c">
<div style="max-width:560px;margin:0 auto">
${[m.mail_greeting_plain(), ...words.paragraphs].map(paragraph).join('\n')}
${link}
<p style="font-size:13px;color:#5c5c5c">${escapeHtml(m.mail_footer({ shop: sender.shopName }))}</p>
</div></body></html>`;
}

function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}
