import { expireSession } from './checkout/expire-session.ts';
import { openAccount } from './context.ts';
import type { Account, SandboxContext } from './context.ts';
import { forgetOld } from './delivery-queue.ts';
import { cancelPaymentIntent } from './resources/capture-payment-intent.ts';
import { decideDispute } from './resources/disputes/close-dispute.ts';
import { settleRefund } from './resources/settle-refund.ts';
import { settleDebit } from './resources/settle-debit.ts';
import type { Row, StoredType } from './stored-objects.ts';

type WhenDue = { [type in StoredType]?: (account: Account, row: Row<type>) => void };

/** What happens to an object at its `due_at` (`dueAt` of stored-objects.ts); it must move that on. */
const WHEN_DUE: WhenDue = {
  // Open sessions expire.
  'checkout.session': expireSession,
  // Debits are answered by their banks, uncaptured holds run out.
  payment_intent: (account, intent) => {
    if (intent.object.status === 'processing') settleDebit(account, intent);
    else cancelPaymentIntent(account, intent, 'automatic');
  },
  refund: settleRefund,
  dispute: decideDispute,
};

/**
 * Does what the clock says is due. Called before every request and by a timer, so nobody ever reads a
 * state that time has overtaken.
 */
export function settleDue(ctx: SandboxContext): void {
  for (;;) {
    const due = ctx.store.due(ctx.clock.seconds());
    if (due.length === 0) return;
    ctx.store.transaction(() => {
      for (const { id, type, keySuffix } of due) {
        settleOrGiveUp(openAccount(ctx, keySuffix, null), type, id);
      }
    });
  }
}

/** What cannot be settled must not stand in the way of everything else for ever. */
function settleOrGiveUp(account: Account, type: StoredType, id: string): void {
  const { store, clock } = account.ctx;
  try {
    store.transaction(() => {
      settle(account, type, id);
    });
  } catch (error) {
    console.error(`The sandbox could not settle ${id}, which was due.`, error);
    store
      .sql<[string, number], unknown>(
        'update objects set due_at = null where id = ? and due_at <= ?',
      )
      .run(id, clock.seconds());
  }
}

function settle<T extends StoredType>(account: Account, type: T, id: string): void {
  const row = account.ctx.store.find(account.id, type, id);
  if (row !== undefined) WHEN_DUE[type]?.(account, row);
}

/** Looks twice a second, and at once when the clock is moved; returns the function that stops it. */
export function startScheduler(ctx: SandboxContext): () => void {
  let cleaned = 0;
  const look = (): void => {
    settleDue(ctx);
    if (Math.abs(ctx.clock.now() - cleaned) < 60_000) return;
    cleaned = ctx.clock.now();
    forgetOld(ctx.store, cleaned);
  };
  const timer = setInterval(look, 500);
  timer.unref();
  const unsubscribe = ctx.clock.onMove(look);
  return () => {
    clearInterval(timer);
    unsubscribe();
  };
}
