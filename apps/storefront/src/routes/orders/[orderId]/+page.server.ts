import type { PageServerLoad } from './$types';
import { callerOf } from '#lib/server/caller.ts';
import { orSignIn } from '#lib/server/or-sign-in.ts';

export const load: PageServerLoad = async ({ locals, params, url }) => {
  const { orderId } = params;
  // Stripe knows first: what it says of a payment under way is settled before the page shows it.
  const { verify } = await orSignIn(callerOf(locals).checkout.look({ orderId }), url);
  return { verify, order: await orSignIn(callerOf(locals).orders.get({ orderId }), url) };
};
