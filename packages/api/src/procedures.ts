import { ensureCustomer } from '@onfile/payments/customers/ensure-customer.ts';
import { Refusal } from '@onfile/payments/refusal.ts';
import type { StaffRole } from './context.ts';
import { admin, storefront } from './trpc.ts';

/** For a signed-in shopper; `ctx.customer` is theirs, and nothing else may be read or moved. */
export const shopperProcedure = storefront.base.use(async ({ ctx, next }) => {
  if (!ctx.shopper) throw new Refusal('not_signed_in');
  const customer = await ensureCustomer(ctx.runtime, ctx.shopper);
  return next({ ctx: { ...ctx, shopper: ctx.shopper, customer } });
});

const rank: Record<StaffRole, number> = { viewer: 0, charger: 1, owner: 2 };

function staffProcedure(atLeast: StaffRole) {
  return admin.base.use(({ ctx, next }) => {
    const { staff } = ctx;
    if (!staff) throw new Refusal('not_signed_in');
    if (rank[staff.role] < rank[atLeast]) throw new Refusal('role_not_allowed');
    return next({ ctx: { ...ctx, staff } });
  });
}

/** For any member of staff: reads only. */
export const viewerProcedure = staffProcedure('viewer');

/** For staff who may move money. With live keys the session must have passed a second factor. */
export const chargerProcedure = staffProcedure('charger').use(({ ctx, next }) => {
  if (ctx.runtime.settings.stripe.mode === 'live' && !ctx.staff.secondFactor) {
    throw new Refusal('second_factor_required');
  }
  return next({ ctx });
});
