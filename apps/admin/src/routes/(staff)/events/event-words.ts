import { m } from '@onfile/messages/messages.js';
import type { DriftFinding, EventLine } from '#lib/api-types.ts';

/** How each status of an event is shown. */
export const eventStatuses: Record<
  EventLine['status'],
  { tone: 'neutral' | 'good' | 'warn' | 'danger'; text: () => string }
> = {
  pending: { tone: 'warn', text: m.admin_event_status_pending },
  handled: { tone: 'good', text: m.admin_event_status_handled },
  ignored: { tone: 'neutral', text: m.admin_event_status_ignored },
  dead: { tone: 'danger', text: m.admin_event_status_dead },
};

export const driftKinds: Record<DriftFinding['kind'], () => string> = {
  method_missing_here: m.admin_drift_kind_method_missing_here,
  method_gone_at_stripe: m.admin_drift_kind_method_gone_at_stripe,
  method_differs: m.admin_drift_kind_method_differs,
  intent_differs: m.admin_drift_kind_intent_differs,
  intent_unknown_here: m.admin_drift_kind_intent_unknown_here,
  intent_stray: m.admin_drift_kind_intent_stray,
  refund_differs: m.admin_drift_kind_refund_differs,
  refund_unknown_here: m.admin_drift_kind_refund_unknown_here,
};

export const driftWhys: Record<DriftFinding['why'], () => string> = {
  no_event_came: m.admin_drift_why_no_event_came,
  event_waits: m.admin_drift_why_event_waits,
  event_is_dead: m.admin_drift_why_event_is_dead,
  event_was_handled: m.admin_drift_why_event_was_handled,
};

/** One thing or several, each in its own words. */
export function oneOr(
  count: number,
  one: () => string,
  several: (words: { count: number }) => string,
): string {
  return count === 1 ? one() : several({ count });
}

/** How many events a replay has taken. */
export function sayReplayed(count: number): string {
  if (count === 0) return m.admin_events_replay_count_none();
  return oneOr(count, m.admin_events_replay_count_one, m.admin_events_replay_count);
}
