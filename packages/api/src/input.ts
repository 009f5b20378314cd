import { idPattern } from '@onfile/payments/ids.ts';
import { z } from 'zod';

/** One of our ids: fixed shape and length, so nothing else reaches a query. */
export function idOf(kind: Parameters<typeof idPattern>[0]) {
  return z.string().max(40).regex(idPattern(kind));
}

/** A line of text as people type it: trimmed, bounded, without control characters. */
export function lineOfText(maxLength: number) {
  return z
    .string()
    .trim()
    .max(maxLength)
    .regex(/^\P{Cc}*$/u);
}

/** Text of several lines: trimmed, bounded, without other control characters. */
export function textOf(maxLength: number) {
  return z
    .string()
    .trim()
    .max(maxLength)
    .regex(/^(?:[\n\t]|\P{Cc})*$/u);
}

/** A Checkout Session's id as Stripe makes them. */
export const stripeSessionId = z
  .string()
  .max(200)
  .regex(/^cs_(test|live)_[A-Za-z0-9]+$/);

/** An e-mail address as people type it; addresses are kept in lower case. */
export const emailAddress = z
  .string()
  .trim()
  .max(254)
  .pipe(z.email())
  .transform((address) => address.toLowerCase());

/** What the CAPTCHA service gave the page, where the shop asks for one. */
export const captchaToken = z.string().max(4_000).nullable().default(null);

/** A product's name in addresses. */
export const productSlug = z
  .string()
  .max(80)
  .regex(/^[a-z0-9_-]+$/);
