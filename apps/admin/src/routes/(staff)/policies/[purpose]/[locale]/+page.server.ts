import { callerOf, orRefuse } from '#lib/server/caller.ts';
import type { PageServerLoad } from './$types';

type Asked = Parameters<ReturnType<typeof callerOf>['policies']['get']>[0];

export const load: PageServerLoad = async ({ locals, params }) => ({
  // What the address names is checked by the procedure: another purpose is no page.
  terms: await orRefuse(callerOf(locals).policies.get(params as Asked)),
});
