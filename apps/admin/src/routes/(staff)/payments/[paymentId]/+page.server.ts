import { callerOf, orRefuse } from '#lib/server/caller.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params }) => ({
  payment: await orRefuse(callerOf(locals).payments.get({ paymentId: params.paymentId })),
});
