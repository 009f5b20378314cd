/** Origins beyond the app's own that its pages may use, by Content-Security-Policy directive. */
export type PolicySources = Record<
  // Browsers hold a form's redirects to `form-action` as well, so Checkout's host stands there.
  'script-src' | 'frame-src' | 'connect-src' | 'img-src' | 'form-action',
  string[]
>;

/** For an app whose pages load nothing from elsewhere. */
export const noForeignSources: PolicySources = {
  'script-src': [],
  'frame-src': [],
  'connect-src': [],
  'img-src': [],
  'form-action': [],
};

/**
 * What pages with Stripe.js need: the sandbox's origin, or Stripe's own as its security guide
 * lists them (docs.stripe.com/security/guide, "Content Security Policy").
 */
export function stripeSources(apiBase: URL | null): PolicySources {
  if (apiBase) {
    const here = [apiBase.origin];
    return {
      'script-src': here,
      'frame-src': here,
      'connect-src': here,
      'img-src': here,
      'form-action': here,
    };
  }
  const stripeJs = ['https://js.stripe.com', 'https://*.js.stripe.com'];
  const checkout = 'https://checkout.stripe.com';
  return {
    'script-src': [...stripeJs, checkout],
    'frame-src': [...stripeJs, 'https://hooks.stripe.com', checkout],
    'connect-src': ['https://api.stripe.com', checkout],
    'img-src': ['https://*.stripe.com'],
    'form-action': [checkout],
  };
}
