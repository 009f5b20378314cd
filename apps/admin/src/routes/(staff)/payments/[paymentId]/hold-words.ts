import { m } from '@onfile/messages/messages.js';

interface HoldWords {
  button: () => string;
  title: (told: { amount: string }) => string;
  text: () => string;
  /** The label of the amount; letting go asks for none. */
  amount: (told: { currency: string }) => string;
  /** Who reads the reason. */
  reasonHint: () => string;
}

/** How each thing that can be done with held funds is said. */
export const holdWords: Record<'capture' | 'release' | 'raise', HoldWords> = {
  capture: {
    button: m.admin_hold_capture,
    title: m.admin_hold_capture_title,
    text: m.admin_hold_capture_text,
    amount: m.admin_hold_amount,
    reasonHint: m.admin_hold_reason_hint,
  },
  release: {
    button: m.admin_hold_release,
    title: m.admin_hold_release_title,
    text: m.admin_hold_release_text,
    amount: m.admin_hold_amount,
    reasonHint: m.admin_decide_field_reason_hint,
  },
  raise: {
    button: m.admin_hold_raise,
    title: m.admin_hold_raise_title,
    text: m.admin_hold_raise_text,
    amount: m.admin_hold_raise_amount,
    reasonHint: m.admin_decide_field_reason_hint,
  },
};
