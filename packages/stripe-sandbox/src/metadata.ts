import type Stripe from 'stripe';
import { invalidRequest } from './errors.ts';
import { hash, has, paramName } from './params.ts';
import type { Params } from './params.ts';

/**
 * Metadata after a request: names are merged into what was there, an empty value removes its name,
 * and an empty `metadata` removes all. At most 50 names of 40 characters, values of 500.
 */
export function mergeMetadata(params: Params, current: Stripe.Metadata = {}): Stripe.Metadata {
  if (!has(params, 'metadata')) return current;
  const given = hash(params, 'metadata');
  if (given === undefined) return {};
  const merged = { ...current };
  for (const [name, value] of Object.entries(given.values)) {
    const param = paramName(given, name);
    if (name.length > 40) {
      throw invalidRequest('Metadata keys can be at most 40 characters long.', { param });
    }
    if (value === '' || value === null) {
      delete merged[name];
      continue;
    }
    if (typeof value !== 'string') {
      throw invalidRequest('Metadata values must be strings.', { param });
    }
    if (value.length > 500) {
      throw invalidRequest('Metadata values can be at most 500 characters long.', { param });
    }
    merged[name] = value;
  }
  if (Object.keys(merged).length > 50) {
    throw invalidRequest('You can have at most 50 metadata keys.', { param: 'metadata' });
  }
  return merged;
}
