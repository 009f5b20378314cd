import type { StripeFacts } from '#lib/stripe.ts';
import { getRuntime } from './runtime.ts';

/** What a page that takes payment details tells the browser. */
export function stripeFacts(): StripeFacts {
  const { stripe } = getRuntime().settings;
  return {
    publishableKey: stripe.publishableKey,
    stripeJsUrl: stripe.apiBase && new URL('/stripe.js', stripe.apiBase).href,
  };
}
