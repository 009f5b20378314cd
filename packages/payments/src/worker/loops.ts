import { chargeDuePayments } from '../charging/charge-due-payments.ts';
import { deliverOutbox } from '../mail/deliver-outbox.ts';
import { compareDrift } from '../drift/compare-drift.ts';
import { warnOfHolds } from '../holds/warn-of-holds.ts';
import { watchHolds } from '../holds/watch-holds.ts';
import { tellExpiring } from '../mail/tell-expiring.ts';
import { tellUpcoming } from '../mail/tell-upcoming.ts';
import { forgetTries } from '../limits/forget-tries.ts';
import { watchInvariants } from '../invariants/check-invariants.ts';
import { mergePaymentMethods } from '../payment-methods/merge-payment-methods.ts';
import { reducePayloads } from '../privacy/reduce-payloads.ts';
import type { Runtime } from '../runtime.ts';
import { backFillEvents } from '../webhooks/back-fill/back-fill-events.ts';
import { processInbox } from '../webhooks/process-inbox.ts';
import { finishOperations } from './finish-operations.ts';
import { resumeAttempts } from './resume-attempts.ts';

/** What a worker does, endlessly; any number of workers may run the same loops. */
export const loops: {
  name: string;
  work: (runtime: Runtime) => Promise<number>;
  idleMs: number;
}[] = [
  { name: 'inbox', work: processInbox, idleMs: 150 },
  // A second hand: one batch that waits for Stripe does not keep the next one waiting.
  { name: 'inbox beside', work: processInbox, idleMs: 150 },
  { name: 'back-fill', work: backFillEvents, idleMs: 5_000 },
  { name: 'drift', work: compareDrift, idleMs: 5_000 },
  { name: 'attempts', work: resumeAttempts, idleMs: 500 },
  { name: 'due', work: chargeDuePayments, idleMs: 500 },
  { name: 'operations', work: finishOperations, idleMs: 1_000 },
  { name: 'holds', work: watchHolds, idleMs: 30_000 },
  { name: 'hold alerts', work: warnOfHolds, idleMs: 60_000 },
  { name: 'spares', work: mergePaymentMethods, idleMs: 30_000 },
  { name: 'invariants', work: watchInvariants, idleMs: 600_000 },
  { name: 'limits', work: forgetTries, idleMs: 600_000 },
  { name: 'upcoming', work: tellUpcoming, idleMs: 60_000 },
  { name: 'expiring', work: tellExpiring, idleMs: 600_000 },
  { name: 'payloads', work: reducePayloads, idleMs: 600_000 },
  { name: 'mail', work: deliverOutbox, idleMs: 500 },
];
