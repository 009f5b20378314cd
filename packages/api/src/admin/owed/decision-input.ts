import { z } from 'zod';
import { idOf, lineOfText } from '../../input.ts';

/** What every decision about an amount owed says: which one, and why. */
export const decisionInput = z.strictObject({
  paymentId: idOf('payment'),
  reason: lineOfText(200),
});
