import { replayEvents as replay } from '@onfile/payments/webhooks/replay-events.ts';
import { z } from 'zod';
import { settingsProcedure } from '../../procedures.ts';
import { eventId } from './event-input.ts';

/** Named ones, or all that a choice names: never all of everything in passing. */
const choice = z.union([
  z.strictObject({ ids: z.array(eventId).min(1).max(500) }),
  z
    .strictObject({
      type: z.string().trim().min(1).max(255).nullable(),
      status: z.enum(['handled', 'ignored', 'dead']).nullable(),
      from: z.number().int().nonnegative().nullable(),
      to: z.number().int().nonnegative().nullable(),
    })
    .refine((given) => Object.values(given).some((value) => value !== null), 'choose something'),
]);

/** Lets stored events be handled once more. */
export const replayEvents = settingsProcedure.input(choice).mutation(async ({ ctx, input }) => ({
  count: await replay(ctx.runtime, {
    which: input,
    actor: { kind: 'staff', id: ctx.staff.staffId },
  }),
}));
