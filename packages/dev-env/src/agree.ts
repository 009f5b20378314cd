import type { Acceptance } from '@onfile/payments/agreements/accept-terms.ts';
import type { Purpose } from '@onfile/payments/agreements/purposes.ts';
import { currentTerms, firstPurpose } from '@onfile/payments/agreements/terms.ts';
import type { Runtime } from '@onfile/payments/runtime.ts';

/** The box is ticked under today's terms. */
export async function agree(
  runtime: Runtime,
  redisplay = false,
  purpose: Purpose = firstPurpose,
): Promise<Acceptance> {
  const terms = await currentTerms(runtime, { purpose, locale: 'en' });
  return {
    termsVersionId: terms.id,
    accepted: true,
    redisplay,
    ipAddress: '203.0.113.7',
    userAgent: 'story',
  };
}
