import { whyDeclined } from '@onfile/messages/shopper-decline-words.ts';
import type { StripeFacts } from '#lib/stripe.ts';
import { openStripe } from '#lib/stripe.ts';
import { trpc } from '#lib/trpc.ts';

/** A no without a word of why. */
const noCodes = { code: null, declineCode: null };

/**
 * Confirms the intent that failed with the card that it was tried with; a step that the bank waits for
 * already is gone on with instead. What came of it is for the server to say.
 * @returns what to tell the shopper when it did not go through
 */
export async function confirmAgain(stripe: StripeFacts): Promise<string | null> {
  const step = await trpc.recovery.startSameIntent.mutate();
  const js = await openStripe(stripe);
  const { clientSecret, stripePaymentMethodId } = step;
  const answer =
    step.waitsForStep || stripePaymentMethodId === null
      ? await js.handleNextAction({ clientSecret })
      : await js.confirmPayment({
          clientSecret,
          redirect: 'if_required',
          confirmParams: {
            payment_method: stripePaymentMethodId,
            return_url: `${location.origin}/recover`,
          },
        });
  if (!answer.error) return null;
  const now = await trpc.recovery.get.query();
  return now.state === 'payable' ? (now.why ?? whyDeclined(noCodes)) : null;
}
