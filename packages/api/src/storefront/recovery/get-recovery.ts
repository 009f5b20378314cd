import { listSavedMethods } from '@onfile/db/views/saved-methods.ts';
import { whyDeclined } from '@onfile/messages/shopper-decline-words.ts';
import { ensureCustomer } from '@onfile/payments/customers/ensure-customer.ts';
import { spend } from '@onfile/payments/limits/spend.ts';
import { formatAmount } from '@onfile/payments/money.ts';
import { expiryText, nameMethod } from '@onfile/payments/payment-methods/name-method.ts';
import { openRecovery } from '@onfile/payments/recovery/open-recovery.ts';
import type { OpenedRecovery } from '@onfile/payments/recovery/open-recovery.ts';
import { Refusal } from '@onfile/payments/refusal.ts';
import type { StorefrontContext } from '../../context.ts';
import { storefront } from '../../trpc.ts';

/**
 * What the link in this browser leads to: the amount, what it is for, why it failed and what helps. It
 * says nothing of whose it is; the methods on file are for their owner, signed in.
 */
export const getRecovery = storefront.base.query(async ({ ctx }) => {
  const opened = await open(ctx);
  const { payment, state, step, decline, method, mayKeep } = opened;
  return {
    state,
    step,
    mayKeep,
    amountText: formatAmount(payment.amountMinor, payment.currency),
    reason: payment.reason,
    why: decline ? whyDeclined(decline) : null,
    methodText: method?.status === 'attached' ? nameMethod(method) : null,
    saved: await showSaved(ctx, opened),
    /** When it is charged by itself to its method; null where it waits for its shopper. */
    plannedAt: payment.nextStep === 'charge' ? payment.chargeAt : null,
    helpAddress: ctx.runtime.settings.mail.staffAddress,
  };
});

/** Who guesses links has to wait: wrong ones are counted, right ones are not. */
async function open(ctx: StorefrontContext): Promise<OpenedRecovery> {
  try {
    return await openRecovery(ctx.runtime, ctx.recoveryToken);
  } catch (error) {
    const isWrong = error instanceof Refusal && error.code === 'link_unknown';
    if (isWrong) await spend(ctx.runtime, 'open_link', { ip: ctx.request.ipAddress });
    throw error;
  }
}

/** The other methods of the payment's owner; null for everybody else. */
async function showSaved(ctx: StorefrontContext, { payment, mayKeep, method }: OpenedRecovery) {
  if (!ctx.shopper || !mayKeep) return null;
  const customer = await ensureCustomer(ctx.runtime, ctx.shopper);
  if (customer.id !== payment.customerId) return null;
  const page = { limit: 20, offset: 0 };
  const all = await listSavedMethods(ctx.runtime.db, customer.id, { detachedToo: false, page });
  return all
    .filter(({ id, status }) => status === 'attached' && id !== method?.id)
    .map((saved) => ({ id: saved.id, name: nameMethod(saved), expiryText: expiryText(saved) }));
}
