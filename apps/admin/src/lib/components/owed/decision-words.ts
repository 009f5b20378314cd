import { m } from '@onfile/messages/messages.js';
import type { Decisions } from '#lib/api-types.ts';

export type Decision = Decisions['actions'][number];

interface DecisionWords {
  /** On the button that opens the dialog, and on the one that does it. */
  button: () => string;
  title: (of: { amount: string }) => string;
  /** What will happen. */
  text: () => string;
  /** What has happened. */
  done: () => string;
  isFinal: boolean;
}

/** How each decision about an amount owed is asked for and told. */
export const decisionWords: Record<Decision, DecisionWords> = {
  charge_now: {
    button: m.admin_decide_charge_now,
    title: m.admin_decide_charge_now_title,
    text: m.admin_decide_charge_now_text,
    done: m.admin_decide_charge_now_done,
    isFinal: false,
  },
  reschedule: {
    button: m.admin_decide_reschedule,
    title: m.admin_decide_reschedule_title,
    text: m.admin_decide_reschedule_text,
    done: m.admin_decide_reschedule_done,
    isFinal: false,
  },
  change_amount: {
    button: m.admin_decide_amount,
    title: m.admin_decide_amount_title,
    text: m.admin_decide_amount_text,
    done: m.admin_decide_amount_done,
    isFinal: false,
  },
  pause: {
    button: m.admin_decide_pause,
    title: m.admin_decide_pause_title,
    text: m.admin_decide_pause_text,
    done: m.admin_decide_pause_done,
    isFinal: false,
  },
  resume: {
    button: m.admin_decide_resume,
    title: m.admin_decide_resume_title,
    text: m.admin_decide_resume_text,
    done: m.admin_decide_resume_done,
    isFinal: false,
  },
  skip: {
    button: m.admin_decide_skip,
    title: m.admin_decide_skip_title,
    text: m.admin_decide_skip_text,
    done: m.admin_decide_skip_done,
    isFinal: true,
  },
  write_off: {
    button: m.admin_decide_write_off,
    title: m.admin_decide_write_off_title,
    text: m.admin_decide_write_off_text,
    done: m.admin_decide_write_off_done,
    isFinal: true,
  },
};
