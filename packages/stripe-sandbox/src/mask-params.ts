import { isTree } from './params.ts';

const CARD_FIELDS = new Set(['number', 'cvc', 'cvv', 'account_number', 'iban']);
const SECRET_FIELDS = new Set(['key', 'password']);

/**
 * A copy of request parameters that may be written down: no card number, security code or secret,
 * wherever it stands. Digits that look like a card number are masked under any name.
 */
export function maskParams(value: unknown, name = '', depth = 0): unknown {
  if (depth > 12) return '[nested]';
  if (CARD_FIELDS.has(name) || isSecret(name)) return '[masked]';
  if (typeof value === 'string') {
    return maskDigits(value).slice(0, 2000);
  }
  if (Array.isArray(value))
    return value.map((element: unknown) => maskParams(element, '', depth + 1));
  if (!isTree(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [maskKey(key), maskParams(inner, key, depth + 1)]),
  );
}

function isSecret(name: string): boolean {
  return SECRET_FIELDS.has(name) || name.endsWith('client_secret');
}

/** Masks what may be a card number in text: 12 to 19 digits, however they are grouped. */
export function maskDigits(text: string): string {
  return text.replace(/(?<!\d)\d(?:[ .-]*\d){11,18}(?!\d)/g, '[masked]');
}

function maskKey(key: string): string {
  return /\d{12,}/.test(key) ? '[masked]' : key.slice(0, 100);
}
