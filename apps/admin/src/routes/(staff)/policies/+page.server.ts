import { callerOf } from '#lib/server/caller.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals }) => ({
  purposes: await callerOf(locals).policies.list(),
});
