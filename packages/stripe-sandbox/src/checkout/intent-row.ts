import type { Account } from '../context.ts';
import { getByPath, save } from '../get-object.ts';
import type { Row } from '../stored-objects.ts';

/** Either kind of intent: what a session or a challenge is about. */
export type IntentRow = Row<'setup_intent'> | Row<'payment_intent'>;

export function isSetup(intent: IntentRow): intent is Row<'setup_intent'> {
  return intent.object.object === 'setup_intent';
}

function isPayment(intent: IntentRow): intent is Row<'payment_intent'> {
  return intent.object.object === 'payment_intent';
}

/** Writes a changed intent back. */
export function saveIntent(account: Account, intent: IntentRow): void {
  if (isSetup(intent)) save(account, 'setup_intent', intent);
  if (isPayment(intent)) save(account, 'payment_intent', intent);
}

/** The intent of a session or of a challenge; 404 for unknown ids. */
export function findIntent(account: Account, id: string): IntentRow {
  return id.startsWith('seti_')
    ? getByPath(account, 'setup_intent', id)
    : getByPath(account, 'payment_intent', id);
}

/** The session that an intent belongs to; null for intents of their own. */
export function sessionOf(account: Account, intent: IntentRow): Row<'checkout.session'> | null {
  const id = intent.hidden.sessionId;
  return id === null ? null : (account.ctx.store.find(account.id, 'checkout.session', id) ?? null);
}
