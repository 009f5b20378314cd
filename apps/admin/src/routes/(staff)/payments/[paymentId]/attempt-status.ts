import { m } from '@onfile/messages/messages.js';
import type { Attempt } from '#lib/api-types.ts';

type Tone = 'neutral' | 'good' | 'warn' | 'danger';

const statuses: Record<Attempt['status'], [Tone, () => string]> = {
  open: ['warn', m.admin_attempt_status_open],
  succeeded: ['good', m.admin_attempt_status_succeeded],
  authorized: ['good', m.admin_attempt_status_authorized],
  processing: ['neutral', m.admin_attempt_status_processing],
  requires_action: ['warn', m.admin_attempt_status_requires_action],
  declined: ['danger', m.admin_attempt_status_declined],
  canceled: ['neutral', m.admin_attempt_status_canceled],
  rejected: ['danger', m.admin_attempt_status_rejected],
};

/** What an attempt came to, by itself; null for what is none. */
export function attemptStatusName(status: string): string | null {
  const known: Partial<Record<string, [Tone, () => string]>> = statuses;
  return known[status]?.[1]() ?? null;
}

/** An attempt's status as a badge says it; one that nobody knows yet is being asked for. */
export function attemptStatus(attempt: Attempt): { tone: Tone; text: string } {
  if (attempt.unknown) return { tone: 'warn', text: m.admin_attempt_unknown() };
  // Off-session, a bank that wants the shopper to confirm says so by declining.
  const isAuthentication = attempt.errorCode === 'authentication_required';
  const [tone, words] = statuses[isAuthentication ? 'requires_action' : attempt.status];
  return { tone, text: words() };
}
