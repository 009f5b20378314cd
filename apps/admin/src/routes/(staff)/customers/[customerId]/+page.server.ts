import { callerOf, orRefuse } from '#lib/server/caller.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params }) => ({
  customer: await orRefuse(callerOf(locals).customers.get({ customerId: params.customerId })),
});
