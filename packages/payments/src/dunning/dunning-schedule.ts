import type { Decision } from './decline-policy.ts';
export type NextTry =
  | { kind: 'retry'; at: number; triesMade: number; triesAllowed: number }
  | { kind: 'wait_for_shopper' }
  | { kind: 'exhausted' };
export function planNextTry(f: {
  decision: Decision;
  brand: string | null;
  paymentMethodType: string;
  tries: number[];
  dueAt: number;
  now: number;
  timeZone: string;
}): NextTry {
  if (f.decision.kind !== 'later') return { kind: 'wait_for_shopper' };
  if (f.tries.length >= 4) return { kind: 'exhausted' };
  return { kind: 'retry', at: f.now + 86_400_000, triesMade: f.tries.length, triesAllowed: 4 };
}
