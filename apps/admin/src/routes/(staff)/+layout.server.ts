import { redirect } from '@sveltejs/kit';
import { callerOf } from '#lib/server/caller.ts';
import type { LayoutServerLoad } from './$types';

export const load: LayoutServerLoad = async ({ locals }) => {
  const { staff } = locals;
  if (!staff) redirect(303, '/sign-in');
  return { staff, environment: await callerOf(locals).environment.get() };
};
