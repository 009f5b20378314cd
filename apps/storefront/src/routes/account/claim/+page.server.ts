import type { PageServerLoad } from './$types';

/** The number of the order that a link names; asking the server also leads who is nobody to the sign-in. */
export const load: PageServerLoad = ({ url }) => ({
  orderNumber: url.searchParams.get('order')?.slice(0, 20) ?? '',
});
