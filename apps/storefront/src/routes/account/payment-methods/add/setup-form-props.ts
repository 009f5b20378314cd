import type { StripeFacts } from '#lib/stripe.ts';

/** What both forms are given, Stripe's page in a frame and our own with Stripe's fields in it. */
export interface SetupFormProps {
  clientSecret: string;
  stripe: StripeFacts;
  /** It can be seen. */
  onOpen: () => void;
  /** It could not be opened. */
  onFailed: () => void;
  /** It was left open for too long. */
  onExpired: () => void;
}
