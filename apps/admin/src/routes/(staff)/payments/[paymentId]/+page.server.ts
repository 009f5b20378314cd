import { callerOf, orRefuse } from '#lib/server/caller.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params }) => {
  const caller = callerOf(locals);
  const { paymentId } = params;
  return {
    payment: await orRefuse(caller.payments.get({ paymentId })),
    moneyBack: await orRefuse(caller.refunds.list({ paymentId })),
  };
};
