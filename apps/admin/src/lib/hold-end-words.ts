import { m } from '@onfile/messages/messages.js';

/** What can be chosen for the end of a hold, in the order in which it is offered. */
export const holdEnds = ['release', 'capture', 'renew'] as const;
export type HoldEnd = (typeof holdEnds)[number];

const words: Record<HoldEnd, () => string> = {
  release: m.admin_hold_end_release,
  capture: m.admin_hold_end_capture,
  renew: m.admin_hold_end_renew,
};

/** What comes when the time of a hold is over; without a choice the bank lets go. */
export function holdEndWords(end: HoldEnd | null): string {
  return words[end ?? 'release']();
}

/** As the options of a field. */
export function holdEndOptions(): { value: HoldEnd; text: string }[] {
  return holdEnds.map((value) => ({ value, text: words[value]() }));
}

/** Whether something is one of them. */
export function isHoldEnd(value: string): value is HoldEnd {
  return (holdEnds as readonly string[]).includes(value);
}
