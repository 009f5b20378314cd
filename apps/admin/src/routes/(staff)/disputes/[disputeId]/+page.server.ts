import { callerOf, orRefuse } from '#lib/server/caller.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params }) => ({
  dispute: await orRefuse(callerOf(locals).disputes.get({ disputeId: params.disputeId })),
});
