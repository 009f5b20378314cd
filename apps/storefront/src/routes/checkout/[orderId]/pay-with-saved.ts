import { sayDeclined } from '@onfile/messages/shopper-decline-words.ts';
import type { StripeFacts } from '#lib/stripe.ts';
import { openStripe } from '#lib/stripe.ts';
import { trpc } from '#lib/trpc.ts';
import type { Accepted } from './accepted.ts';

/** What to tell the shopper when the payment did not go through; null when it did, or is on its way. */
export type Failed = { why: string } | null;

type Standing = Awaited<ReturnType<typeof trpc.checkout.look.query>>;

/** Charges a card that is on file; the bank's step, where it asks for one, happens on this page. */
export async function payWithSaved(
  stripe: StripeFacts,
  pay: { orderId: string; paymentMethodId: string; triesSeen: number; terms: Accepted },
): Promise<Failed> {
  const standing = await trpc.checkout.payWithSaved.mutate(pay);
  if (standing.clientSecret) return finishStep(stripe, pay.orderId, standing.clientSecret);
  return failureOf(standing);
}

/** Lets the bank ask the shopper, then asks the server what came of it: the page never decides. */
export async function finishStep(
  stripe: StripeFacts,
  orderId: string,
  clientSecret: string,
): Promise<Failed> {
  const js = await openStripe(stripe);
  await js.handleNextAction({ clientSecret });
  return failureOf(await trpc.checkout.look.query({ orderId }));
}

function failureOf({ state, why }: Standing): Failed {
  if (state === 'owed') return { why: why ?? sayDeclined({ code: null, declineCode: null }) };
  return state === 'needs_step'
    ? { why: sayDeclined({ code: 'authentication_required', declineCode: null }) }
    : null;
}
