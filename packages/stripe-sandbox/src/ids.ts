import { createHash, randomBytes } from 'node:crypto';

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** Random bytes, fetched many at a time: a request makes a dozen ids. */
const pool = { bytes: randomBytes(4096), used: 0 };

function randomByte(): number {
  if (pool.used === pool.bytes.length) {
    pool.bytes = randomBytes(4096);
    pool.used = 0;
  }
  pool.used += 1;
  return pool.bytes[pool.used - 1] ?? 0;
}

/** `length` random characters out of 62, without modulo bias. */
export function randomText(length: number): string {
  let text = '';
  while (text.length < length) {
    const byte = randomByte();
    if (byte < 248) text += ALPHABET.charAt(byte % 62);
  }
  return text;
}

/** A fresh id in Stripe's shape, such as `pi_` and 24 characters. */
export function newId(prefix: string): string {
  return `${prefix}_${randomText(24)}`;
}

/** Checkout Sessions have longer ids: `cs_test_a1` and 56 characters. */
export function newSessionId(): string {
  return `cs_test_a1${randomText(56)}`;
}

/** `pi_X_secret_Y`, `seti_X_secret_Y`, `cs_test_X_secret_Y`: the id can be read off the front. */
export function newClientSecret(id: string): string {
  return `${id}_secret_${randomText(25)}`;
}

/** The account that a key pair belongs to: the same key gives the same id on every machine. */
export function accountIdOf(keySuffix: string): string {
  const digest = createHash('sha256').update(`account:${keySuffix}`).digest();
  let text = '';
  for (const byte of digest.subarray(0, 15)) text += ALPHABET.charAt(byte % 62);
  return `acct_1${text}`;
}

/** The id behind an expandable field, expanded or not. */
export function idOf(value: string | { id: string } | null | undefined): string | null {
  if (value === null || value === undefined) return null;
  return typeof value === 'string' ? value : value.id;
}
