import { m } from '@onfile/messages/messages.js';
import type { HistoryEntry } from '#lib/api-types.ts';

const actors: Record<HistoryEntry['actorKind'], () => string> = {
  shopper: m.admin_actor_shopper,
  staff: m.admin_actor_staff,
  worker: m.admin_actor_worker,
  stripe: m.admin_actor_stripe,
  operator: m.admin_actor_operator,
};

/** Who did it. */
export function actorWords(kind: HistoryEntry['actorKind']): string {
  return actors[kind]();
}

/** An action of the audit log, readable: `payment.settled` as `Payment settled`. */
export function actionWords(action: string): string {
  const words = action.replace(/[._]/g, ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** The facts recorded with an entry, in one line. */
export function detailWords(details: Record<string, unknown>): string {
  return Object.entries(details)
    .filter(([, value]) => value !== null && typeof value !== 'object')
    .map(([name, value]) => `${name}: ${String(value)}`)
    .join(' · ');
}
