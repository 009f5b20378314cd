import { refusal } from './errors.ts';

export type ApiKey = { access: 'secret' | 'publishable'; suffix: string };

const KEY = /^(sk|pk)_test_([A-Za-z0-9_]+)$/;

/**
 * The key of a request: `Authorization: Bearer`, Basic with the key as user name, or `?key=` for
 * publishable keys. Any test key of 12 characters or more is taken; 401 for all others.
 */
export function readApiKey(authorization: string | null, queryKey: string | null): ApiKey {
  const key = keyOf(authorization) ?? queryKey;
  if (key === null || key === '') {
    throw refusal(
      401,
      'You did not provide an API key. You need to provide your API key in the Authorization header, using Bearer auth (e.g. "Authorization: Bearer YOUR_SECRET_KEY").',
    );
  }
  if (/^(sk|rk|pk)_live_/.test(key)) {
    throw refusal(401, 'This is a local sandbox: it refuses live keys. Use a test key.');
  }
  const match = KEY.exec(key);
  if (match === null || key.length < 12) {
    throw refusal(401, `Invalid API Key provided: ${maskKey(key)}`);
  }
  const access = match[1] === 'pk' ? 'publishable' : 'secret';
  if (access === 'secret' && authorization === null) {
    throw refusal(401, 'A secret key may not stand in a URL: send it in the Authorization header.');
  }
  return { access, suffix: match[2] ?? '' };
}

function keyOf(authorization: string | null): string | null {
  if (authorization === null) return null;
  const [scheme = '', value = ''] = authorization.trim().split(/\s+/, 2);
  if (scheme.toLowerCase() === 'bearer') return value;
  if (scheme.toLowerCase() !== 'basic') return null;
  return Buffer.from(value, 'base64').toString('utf8').split(':', 1)[0] ?? null;
}

function maskKey(key: string): string {
  const head = /^[a-z]{2}_[a-z]{4}_/.exec(key)?.[0] ?? '';
  return `${head}****${key.length >= 12 ? key.slice(-4) : ''}`;
}

/** 403: what only a secret key may do. */
export function requireSecretKey(access: ApiKey['access']): void {
  if (access === 'secret') return;
  throw refusal(
    403,
    'This API call cannot be made with a publishable API key. Please use a secret API key. You can find a list of your API keys at https://dashboard.stripe.com/account/apikeys.',
    { code: 'secret_key_required' },
  );
}
