import { callerOf, orRefuse } from '#lib/server/caller.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params }) => ({
  event: await orRefuse(callerOf(locals).events.get({ eventId: params.eventId })),
});
