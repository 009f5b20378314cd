import { redirect } from '@sveltejs/kit';
import { callerOf } from '#lib/server/caller.ts';
import type { Choice } from './choice.ts';

/**
 * Orders what was chosen, and leads on to the checkout.
 * @throws TRPCError with the refusal
 */
export async function placeChosen(
  locals: App.Locals,
  slug: string,
  { quantity, eventOn }: Choice,
): Promise<never> {
  const { orderId } = await callerOf(locals).orders.place({
    slug,
    quantity: Number(quantity),
    eventOn: eventOn || null,
  });
  redirect(303, `/checkout/${orderId}`);
}
