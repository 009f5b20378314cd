import { m } from '@onfile/messages/messages.js';
import type { HistoryEntry } from './api-types.ts';

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
