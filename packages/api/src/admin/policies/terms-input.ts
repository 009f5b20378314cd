import { purposes } from '@onfile/payments/agreements/purposes.ts';
import type { Purpose } from '@onfile/payments/agreements/purposes.ts';
import { z } from 'zod';

/** Which terms: what they are for, and in which language they are written. */
export const termsInput = {
  purpose: z.enum(purposes as [Purpose, ...Purpose[]]),
  /** A language, with a region where it matters: `en`, `pt-BR`. */
  locale: z.string().regex(/^[a-z]{2}(-[A-Z]{2})?$/),
};
