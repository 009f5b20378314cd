import { callerOf } from '#lib/server/caller.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals }) => ({
  payments: await callerOf(locals).payments.list(),
});
