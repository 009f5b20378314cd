import type { StripeSettings } from '../settings.ts';

const secretKey = /^(sk|rk)_(test|live)_[A-Za-z0-9_]{4,}$/;
const publishableKey = /^pk_(test|live)_[A-Za-z0-9_]{4,}$/;
const rateLimits = ['live', 'test', 'off'] as const;
const webhookSecrets = /^whsec_[A-Za-z0-9_+/=-]{8,}(?:,whsec_[A-Za-z0-9_+/=-]{8,}){0,3}$/;
const accountId = /^acct_[A-Za-z0-9]{4,}$/;

function readKey(
  env: Record<string, string | undefined>,
  name: string,
  pattern: RegExp,
  example: string,
  sentences: string[],
): string | null {
  const value = env[name];
  if (!value) {
    sentences.push(`${name} is missing: set it to your Stripe account's ${example}.`);
    return null;
  }
  if (!pattern.test(value)) {
    sentences.push(`${name} is malformed: it must look like ${example}.`);
    return null;
  }
  return value;
}

function readApiBase(value: string | undefined, sentences: string[]): URL | null {
  if (!value) return null;
  const url = URL.canParse(value) ? new URL(value) : null;
  const isLoopback = url !== null && ['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname);
  if (!url || url.protocol !== 'http:' || !isLoopback) {
    sentences.push(
      'STRIPE_API_BASE must be an http address on loopback, such as http://127.0.0.1:3002.',
    );
    return null;
  }
  return url;
}

/**
 * Reads the Stripe variables. A live key beside a test key, and a live key with a sandbox, are
 * refused here, so that no process starts half in one mode. Values never stand in a sentence.
 */
export function parseStripeSettings(env: Record<string, string | undefined>): {
  settings: StripeSettings | null;
  sentences: string[];
} {
  const sentences: string[] = [];
  const secret = readKey(
    env,
    'STRIPE_SECRET_KEY',
    secretKey,
    'secret key (sk_test_… or sk_live_…)',
    sentences,
  );
  const publishable = readKey(
    env,
    'STRIPE_PUBLISHABLE_KEY',
    publishableKey,
    'publishable key (pk_test_… or pk_live_…)',
    sentences,
  );
  const webhook = readKey(
    env,
    'STRIPE_WEBHOOK_SECRET',
    webhookSecrets,
    'webhook signing secret (whsec_…; during a roll whsec_new,whsec_old)',
    sentences,
  );
  const apiBase = readApiBase(env['STRIPE_API_BASE'], sentences);
  const isLive = (key: string): boolean => key.slice(3).startsWith('live_');
  if (secret && publishable && isLive(secret) !== isLive(publishable)) {
    sentences.push(
      'STRIPE_SECRET_KEY and STRIPE_PUBLISHABLE_KEY are of different modes: one is live, the other test.',
    );
  }
  if (env['STRIPE_API_BASE'] && secret && isLive(secret)) {
    sentences.push('STRIPE_API_BASE goes with test keys only: remove it or use test keys.');
  }
  const asked = env['STRIPE_RATE_LIMITS'];
  const pacing = rateLimits.find((name) => name === asked);
  if (asked && !pacing) sentences.push('STRIPE_RATE_LIMITS must be live, test or off.');
  if (pacing === 'off' && secret && isLive(secret)) {
    sentences.push('STRIPE_RATE_LIMITS must not be off with live Stripe keys.');
  }
  const account = env['STRIPE_ACCOUNT_ID'] ?? null;
  if (account && !accountId.test(account)) {
    sentences.push('STRIPE_ACCOUNT_ID must look like acct_….');
  }
  if (!secret || !publishable || !webhook || sentences.length > 0) {
    return { settings: null, sentences };
  }
  const mode = isLive(secret) ? 'live' : apiBase ? 'sandbox' : 'test';
  return {
    settings: {
      mode,
      secretKey: secret,
      publishableKey: publishable,
      webhookSecrets: webhook.split(','),
      accountId: account,
      apiBase,
      rateLimits: pacing ?? (mode === 'sandbox' ? 'off' : mode),
    },
    sentences,
  };
}
