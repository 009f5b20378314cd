import { createHash } from 'node:crypto';

/** Tells one secret key from another without keeping it: keys are random, so that none is found by trying. */
export function hashOfKey(secretKey: string): string {
  return createHash('sha256').update(secretKey).digest('hex');
}
