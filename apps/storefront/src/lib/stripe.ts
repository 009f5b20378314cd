import type { Stripe } from '@stripe/stripe-js';

/** What the browser must know to open Stripe's parts of a page. */
export interface StripeFacts {
  publishableKey: string;
  /** Where the sandbox serves its stand-in for Stripe.js; null with the real Stripe. */
  stripeJsUrl: string | null;
}

/**
 * Stripe.js, loaded only by pages that take payment details. With the sandbox its script comes
 * first and defines `window.Stripe`, which the unmodified loader then takes.
 */
export async function openStripe(facts: StripeFacts): Promise<Stripe> {
  if (facts.stripeJsUrl) await addScript(facts.stripeJsUrl);
  const { loadStripe } = await import('@stripe/stripe-js/pure');
  const stripe = await loadStripe(facts.publishableKey);
  if (!stripe) throw new Error('Stripe.js loads in a browser only');
  return stripe;
}

function addScript(url: string): Promise<void> {
  if (window.Stripe) return Promise.resolve();
  return new Promise((resolve, reject) => {
    const script = document.createElement('script');
    script.src = url;
    script.onload = () => resolve();
    script.onerror = () => {
      script.remove();
      reject(new Error('The script of the sandbox did not load'));
    };
    document.head.append(script);
  });
}
