import { trpc } from '#lib/trpc.ts';
import type { Decision } from './decision-words.ts';

/** What the dialog was filled in with. */
export interface DecisionEntry {
  paymentId: string;
  reason: string;
  amount: string;
  day: string;
  triesSeen: number;
}

/** Sends a decision about an amount owed, with the fields that it takes. */
export async function sendDecision(decision: Decision, entry: DecisionEntry): Promise<void> {
  const { amount, day, triesSeen, ...said } = entry;
  switch (decision) {
    case 'charge_now':
      return trpc.owed.chargeNow.mutate({ ...said, triesSeen });
    case 'reschedule':
      return trpc.owed.reschedule.mutate({ ...said, day });
    case 'change_amount':
      return trpc.owed.changeAmount.mutate({ ...said, amount });
    case 'pause':
      return trpc.owed.pause.mutate(said);
    case 'resume':
      return trpc.owed.resume.mutate(said);
    case 'skip':
      return trpc.owed.skip.mutate(said);
    case 'write_off':
      return trpc.owed.writeOff.mutate(said);
  }
}
