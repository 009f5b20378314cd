import type { StripeFacts } from '#lib/stripe.ts';

/** What every form of Stripe's is given, its page in a frame and ours with its fields in them. */
export interface StripeFormProps {
  clientSecret: string;
  stripe: StripeFacts;
  /** It can be seen. */
  onOpen: () => void;
  /** It could not be opened. */
  onFailed: () => void;
  /** It was left open for too long. */
  onExpired: () => void;
}
