import { m } from '@onfile/messages/messages.js';
import { recoveryUrl } from '../../recovery/recovery-token.ts';
import type { MailTemplate } from '../mail-kinds.ts';

/** The receipt of a charge, with the reason that staff or the plan gave. */
export const paymentCharged: MailTemplate<'payment_charged'> = ({ amount, reason }, sender) => ({
  subject: m.mail_charged_subject({ amount, shop: sender.shopName }),
  paragraphs: [m.mail_charged_text({ amount, reason, shop: sender.shopName })],
  button: { words: m.mail_charged_button(), url: `${sender.storefrontOrigin}/account/payments` },
});

/** A charge that the bank refused: what the shopper can do, and what happens otherwise. */
export const paymentFailed: MailTemplate<'payment_failed'> = (data, sender) => {
  const { amount, reason, again } = data;
  return {
    subject: m.mail_failed_subject({ amount, shop: sender.shopName }),
    paragraphs: [
      m.mail_failed_text({ amount, reason, shop: sender.shopName }),
      ...(again === '' ? [] : [m.mail_failed_again({ day: again })]),
    ],
    button: { words: m.mail_failed_button(), url: recoveryUrl(sender, data.linkId) },
  };
};

/** The bank wants the shopper to confirm the charge. */
export const actionRequired: MailTemplate<'action_required'> = (
  { amount, reason, linkId },
  sender,
) => ({
  subject: m.mail_action_subject({ amount, shop: sender.shopName }),
  paragraphs: [m.mail_action_text({ amount, reason })],
  button: { words: m.mail_action_button(), url: recoveryUrl(sender, linkId) },
});

export const paymentGivenUpStaff: MailTemplate<'payment_given_up_staff'> = (data, sender) => {
  const { amount, customer, reason } = data;
  return {
    subject: m.mail_given_up_staff_subject({ amount, customer }),
    paragraphs: [m.mail_given_up_staff_text({ amount, customer, reason })],
    button: {
      words: m.mail_given_up_staff_button(),
      url: `${sender.adminOrigin}/payments/${data.paymentId}`,
    },
  };
};

/** An amount is held on the card, and nothing was taken. */
export const holdPlaced: MailTemplate<'hold_placed'> = ({ amount, reason }, sender) => ({
  subject: m.mail_hold_placed_subject({ amount, shop: sender.shopName }),
  paragraphs: [m.mail_hold_placed_text({ amount, reason, shop: sender.shopName })],
  button: { words: m.mail_charged_button(), url: `${sender.storefrontOrigin}/account/payments` },
});

/** What was held was let go, by the shop or by the bank when its time was over. */
export const holdReleased: MailTemplate<'hold_released'> = ({ amount, reason }, sender) => ({
  subject: m.mail_hold_released_subject({ amount, shop: sender.shopName }),
  paragraphs: [m.mail_hold_released_text({ amount, reason })],
});
