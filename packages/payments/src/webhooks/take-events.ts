import { claimEvents } from '@onfile/db/claim-events.ts';
import type { Row } from '@onfile/db/database.ts';
import type { Lease } from '@onfile/db/lease.ts';
import type { Runtime } from '../runtime.ts';
import { findPause } from './asking.ts';
import { askingTypes } from './listened.ts';
import { putOffWaiting } from './put-off.ts';

/**
 * Takes a batch of events. In an outage only of those that need no question as a rule: a batch would
 * otherwise be full of events that wait for Stripe, and what is final would wait behind them.
 */
export async function takeEvents(runtime: Runtime, lease: Lease): Promise<Row<'stripeEvents'>[]> {
  const pause = findPause(runtime);
  if (!pause) return claimEvents(runtime.db, lease);
  // While a question is under way Stripe may be back: the others are due again at once then.
  if (!pause.isProbed) await putOffWaiting(runtime);
  return claimEvents(runtime.db, lease, askingTypes);
}
