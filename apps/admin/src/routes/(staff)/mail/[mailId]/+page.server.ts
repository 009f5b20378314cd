import { callerOf, orRefuse } from '#lib/server/caller.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params }) => ({
  mail: await orRefuse(callerOf(locals).mail.get({ mailId: params.mailId })),
});
