import { findGuest } from '@onfile/payments/customers/find-guest.ts';
import { storefront } from '../../trpc.ts';

/** Whom the shop takes this browser's person for: a shopper with an account, a guest, or nobody yet. */
export const getIdentity = storefront.base.query(async ({ ctx }) => {
  const { shopper } = ctx;
  if (shopper) {
    return { kind: 'account' as const, email: shopper.email, isProven: shopper.emailVerified };
  }
  const guest = await findGuest(ctx.runtime, ctx.guestId);
  return guest ? { kind: 'guest' as const, email: guest.email } : { kind: 'nobody' as const };
});
