import type { Db, Row } from '@onfile/db/database.ts';
import { insertAudit } from '@onfile/db/tables/audit-log.ts';
import type { Clock } from './clock.ts';
import { newId } from './ids.ts';

/** Who did something: a person by id, or a part of the system. */
export type Actor =
  { kind: 'shopper' | 'staff' | 'operator'; id: string } | { kind: 'worker' | 'stripe' };

interface Fact {
  actor: Actor;
  /** What happened, as `noun.verb_in_past`: `payment.charge_requested`. */
  action: string;
  subject: {
    kind:
      | 'agreement'
      | 'customer'
      | 'dispute'
      | 'environment'
      | 'event'
      | 'webhooks'
      | 'mail'
      | 'order'
      | 'payment'
      | 'payment_method'
      | 'terms';
    id: string;
  };
  details?: Record<string, unknown>;
}

/** Appends a fact to the audit log, inside the transaction that makes it true. */
export async function audit(db: Db, clock: Clock, fact: Fact): Promise<void> {
  const row: Row<'auditLog'> = {
    id: newId('audit'),
    at: clock.now(),
    actorKind: fact.actor.kind,
    actorId: 'id' in fact.actor ? fact.actor.id : null,
    action: fact.action,
    subjectKind: fact.subject.kind,
    subjectId: fact.subject.id,
    details: JSON.stringify(fact.details ?? {}),
  };
  await insertAudit(db, row);
}
