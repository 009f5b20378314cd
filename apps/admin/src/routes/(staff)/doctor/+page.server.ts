import type { PageServerLoad } from './$types';
import { callerOf, orRefuse } from '#lib/server/caller.ts';

export const load: PageServerLoad = async ({ locals }) => ({
  doctor: await orRefuse(callerOf(locals).doctor.get()),
});
