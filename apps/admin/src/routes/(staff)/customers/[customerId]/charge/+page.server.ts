import { redirect } from '@sveltejs/kit';
import { callerOf, orRefuse } from '#lib/server/caller.ts';
import type { Staff } from '@onfile/auth/staff-auth.ts';
import type { PageServerLoad } from './$types';

/** Why this person cannot charge; the procedures refuse for the same reasons. */
function obstacleOf(staff: Staff, mode: string): 'role' | 'second_factor' | null {
  if (staff.role === 'viewer') return 'role';
  return mode === 'live' && !staff.secondFactor ? 'second_factor' : null;
}

export const load: PageServerLoad = async ({ locals, params, parent, url }) => {
  const caller = callerOf(locals);
  const { customerId } = params;
  const { staff, mode } = await parent();
  const customer = await orRefuse(caller.customers.get({ customerId }));
  if (customer.erasedAt !== null) redirect(303, `/customers/${customerId}`);
  const obstacle = obstacleOf(staff, mode);
  if (obstacle) return { customer, obstacle, chargeRequestId: '', payment: null };

  const chargeRequestId = url.searchParams.get('request');
  if (!chargeRequestId) {
    // The id stays in the URL: a reload, a second tab and a double click mean the same payment.
    const opened = await orRefuse(caller.payments.openCharge({ customerId }));
    redirect(303, `${url.pathname}?request=${opened.chargeRequestId}`);
  }
  const payment = await orRefuse(
    caller.payments.findByChargeRequest({ chargeRequestId, customerId }),
  );
  return { customer, obstacle, chargeRequestId, payment };
};
