import { m } from '@onfile/messages/messages.js';

/** What staff can do about a booking that was not, or will not be, kept. */
export type FeeAct = 'no_show' | 'damage' | 'cancel';

interface Told {
  amount: string;
  freeUntil: string;
  cap: string;
}

/** How each is said: on its button, in its dialog, and when it is done. */
export const feeWords: Record<
  FeeAct,
  {
    button: () => string;
    title: (told: { number: string; amount: string }) => string;
    text: (told: Told) => string;
    done: () => string;
  }
> = {
  no_show: {
    button: m.admin_fee_no_show,
    title: m.admin_fee_no_show_title,
    text: m.admin_fee_no_show_text,
    done: m.admin_fee_done,
  },
  damage: {
    button: m.admin_fee_damage,
    title: m.admin_fee_damage_title,
    text: m.admin_fee_damage_text,
    done: m.admin_fee_done,
  },
  cancel: {
    button: m.admin_fee_cancel,
    title: m.admin_fee_cancel_title,
    text: m.admin_fee_cancel_text,
    done: m.admin_fee_cancel_done,
  },
};
