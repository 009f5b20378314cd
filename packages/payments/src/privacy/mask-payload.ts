import { isPersonalKey, isSecretKey, isSecretPage } from './personal-keys.ts';

/** What stands in the place of a value that is not shown. */
export const mask = '[masked]';

/** Deeper than any object of Stripe's: what is nested to break the reader is not shown at all. */
const deepest = 100;

/** Bounded: a long text without an end would be searched from each of its letters on. */
const anyAddress = /[^\s@<>"',;:()[\]]{1,128}@[^\s@<>"',;:()[\]]{1,255}/g;
const anySecret = /_secret_|^(sk|rk)_(live|test)_|^whsec_/;

/** `secrets`: what lets in. `personal`: that, and what tells who somebody is. */
type Hidden = 'personal' | 'secrets';

/**
 * A copy of an event, an object of Stripe's or a request, fit for views, exports and the command
 * line: secrets and personal fields are replaced by a mark at any depth, everything else is as it
 * was. Null stays null and a flag stays a flag: that something was given is what support wants to
 * know. Metadata other than our own may hold anything, and is masked.
 */
export function maskPayload(value: unknown): unknown {
  return copy(value, 'personal', 0);
}

/** A copy in which nothing lets in, for the person whom it is about. */
export function maskSecrets(value: unknown): unknown {
  return copy(value, 'secrets', 0);
}

function copy(value: unknown, hidden: Hidden, depth: number): unknown {
  if (typeof value === 'string') return maskText(value, hidden);
  if (value === null || typeof value !== 'object') return value;
  if (depth >= deepest) return mask;
  if (Array.isArray(value)) return value.map((item: unknown) => copy(item, hidden, depth + 1));
  return mapFields(value, (key, field) => {
    if (isHidden(key, field, hidden)) return hide(field, depth + 1);
    if (key === 'metadata' && hidden === 'personal') return maskForeign(field, depth + 1);
    return copy(field, hidden, depth + 1);
  });
}

function isHidden(key: string, field: unknown, hidden: Hidden): boolean {
  if (isSecretKey(key)) return true;
  if (typeof field === 'string' && isSecretPage(key, field)) return true;
  return hidden === 'personal' && isPersonalKey(key);
}

/** Marks everything in a hidden field; its shape stays. */
function hide(value: unknown, depth: number): unknown {
  if (value === null || typeof value === 'boolean') return value;
  if (typeof value !== 'object' || depth >= deepest) return mask;
  if (Array.isArray(value)) return value.map((item: unknown) => hide(item, depth + 1));
  return mapFields(value, (_key, field) => hide(field, depth + 1));
}

function maskForeign(value: unknown, depth: number): unknown {
  if (value === null || typeof value !== 'object' || Array.isArray(value))
    return hide(value, depth);
  return mapFields(value, (key, field) =>
    key.startsWith('onfile_') ? copy(field, 'personal', depth + 1) : hide(field, depth + 1),
  );
}

/** Free text may name an address or a secret under any key. */
function maskText(text: string, hidden: Hidden): string {
  if (anySecret.test(text)) return mask;
  const mayName = hidden === 'personal' && text.includes('@');
  return mayName ? text.replaceAll(anyAddress, mask) : text;
}

function mapFields(
  value: object,
  change: (key: string, field: unknown) => unknown,
): Record<string, unknown> {
  return Object.fromEntries(Object.entries(value).map(([key, field]) => [key, change(key, field)]));
}
