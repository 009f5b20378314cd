import { ensureCustomer } from '@onfile/payments/customers/ensure-customer.ts';
import { findGuest } from '@onfile/payments/customers/find-guest.ts';
import { noteLocale } from '@onfile/payments/customers/note-locale.ts';
import { Refusal } from '@onfile/payments/refusal.ts';
import type { StaffRole } from './context.ts';
import { mailLocale } from './mail-locale.ts';
import { admin, storefront } from './trpc.ts';

/** For a signed-in shopper; `ctx.customer` is theirs, and nothing else may be read or moved. */
export const shopperProcedure = storefront.base.use(async ({ ctx, next }) => {
  if (!ctx.shopper) throw new Refusal('not_signed_in');
  const customer = await ensureCustomer(ctx.runtime, ctx.shopper);
  await noteLocale(ctx.runtime.db, customer, mailLocale(ctx.request.acceptLanguage));
  return next({ ctx: { ...ctx, shopper: ctx.shopper, customer } });
});

/**
 * For whoever buys: a signed-in shopper, or a guest who has told an address (`identity.startGuest`).
 * `ctx.customer` is theirs, and nothing else may be read or moved.
 */
export const buyerProcedure = storefront.base.use(async ({ ctx, next }) => {
  const customer = ctx.shopper
    ? await ensureCustomer(ctx.runtime, ctx.shopper)
    : await findGuest(ctx.runtime, ctx.guestId);
  if (!customer) throw new Refusal('not_signed_in');
  await noteLocale(ctx.runtime.db, customer, mailLocale(ctx.request.acceptLanguage));
  return next({ ctx: { ...ctx, customer } });
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

/** With live keys, what moves money, erases or changes what is asked of shoppers needs a second factor. */
function securedProcedure(atLeast: StaffRole) {
  return staffProcedure(atLeast).use(({ ctx, next }) => {
    if (ctx.runtime.settings.stripe.mode === 'live' && !ctx.staff.secondFactor) {
      throw new Refusal('second_factor_required');
    }
    return next({ ctx });
  });
}

/** Whether somebody may change what the shop asks of its shoppers. */
export function mayChangeSettings(staff: { role: StaffRole }): boolean {
  return rank[staff.role] >= rank.owner;
}

/** For staff who may change the shop's settings: its terms, its mails. */
export const settingsProcedure = securedProcedure('owner');

/** For staff who may move money. */
export const chargerProcedure = securedProcedure('charger');

/**
 * For staff who may give money back: refunds, and the answer to a dispute, which is given once. Who
 * may only charge may not.
 */
export const moneyBackProcedure = securedProcedure('owner');

/** For staff who may erase a person, which cannot be undone. */
export const erasureProcedure = securedProcedure('owner');
