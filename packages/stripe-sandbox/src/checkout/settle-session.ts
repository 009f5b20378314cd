import type { Account } from '../context.ts';
import { emitEvent } from '../emit-event.ts';
import { save } from '../get-object.ts';
import type { Row } from '../stored-objects.ts';

/**
 * A debit that a completed session waited for has been answered by its bank. Events:
 * checkout.session.async_payment_succeeded or checkout.session.async_payment_failed.
 */
export function sessionSettled(account: Account, intent: Row<'payment_intent'>): void {
  const { sessionId } = intent.hidden;
  if (sessionId === null) return;
  const session = account.ctx.store.find(account.id, 'checkout.session', sessionId);
  if (session?.object.status !== 'complete') return;
  const paid = intent.object.status === 'succeeded';
  if (paid) session.object.payment_status = 'paid';
  save(account, 'checkout.session', session);
  emitEvent(
    account,
    paid ? 'checkout.session.async_payment_succeeded' : 'checkout.session.async_payment_failed',
    session.object,
  );
}
