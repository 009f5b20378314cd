import { redirect } from '@sveltejs/kit';
import type { LayoutServerLoad } from './$types';

export const load: LayoutServerLoad = ({ locals }) => {
  const { staff } = locals;
  if (!staff) redirect(303, '/sign-in');
  return { staff };
};
