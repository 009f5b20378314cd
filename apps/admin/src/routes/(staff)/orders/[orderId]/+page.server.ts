import { callerOf, orRefuse } from '#lib/server/caller.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params }) => ({
  order: await orRefuse(callerOf(locals).orders.get({ orderId: params.orderId })),
});
