import type { StripeFacts } from '#lib/stripe.ts';

/** What each of the three forms is given. */
export interface FormProps {
  clientSecret: string;
  stripe: StripeFacts;
  orderId: string;
  /** It can be seen. */
  onOpen: () => void;
  /** It could not be opened. */
  onFailed: () => void;
  /** It was left open for too long, or another tab has taken its place. */
  onExpired: () => void;
}
