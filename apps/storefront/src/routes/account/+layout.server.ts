import type { LayoutServerLoad } from './$types';
import { callerOf } from '#lib/server/caller.ts';

/** Pages within ask for a sign-in where they need one; here there is then nothing to tell. */
export const load: LayoutServerLoad = async ({ locals, parent }) => {
  const { shopper } = await parent();
  return { notices: shopper ? await callerOf(locals).notices.list() : [] };
};
