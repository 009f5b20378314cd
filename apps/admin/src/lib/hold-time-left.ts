import { m } from '@onfile/messages/messages.js';

const hourMs = 60 * 60 * 1000;

/** How much time is left, in words: `3 days and 4 hours left`. */
export function timeLeft(ms: number): string {
  if (ms <= 0) return m.admin_hold_over();
  const hours = Math.floor(ms / hourMs);
  if (hours < 1)
    return m.admin_hold_left_minutes({ minutes: Math.max(1, Math.floor(ms / 60_000)) });
  if (hours < 48) return m.admin_hold_left_hours({ hours });
  return m.admin_hold_left_days({ days: Math.floor(hours / 24), hours: hours % 24 });
}
