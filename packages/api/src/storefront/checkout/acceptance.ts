import type { Acceptance } from '@onfile/payments/agreements/accept-terms.ts';
import { z } from 'zod';
import type { RequestFacts } from '../../context.ts';
import { idOf } from '../../input.ts';

/** What the shopper said of the terms; null where the plan asks nothing. */
export const acceptedTerms = z
  .strictObject({
    termsVersionId: idOf('termsVersion'),
    accepted: z.boolean(),
    redisplay: z.boolean().default(false),
  })
  .nullable()
  .default(null);

/** The same with who said so from where, for the record. */
export function acceptanceOf(
  said: z.infer<typeof acceptedTerms>,
  request: RequestFacts,
): Acceptance | null {
  const { ipAddress, userAgent } = request;
  return said && { ...said, ipAddress, userAgent };
}
