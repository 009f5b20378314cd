/** What goes out by mail. The same conventions as in `database.ts`. */
import type { Defaulted, Instant } from './database.ts';

/** `kept`: no mail server is set; shown in the admin instead. */
export type OutboxStatus = 'pending' | 'sent' | 'kept' | 'dead';

export interface OutboxTable {
  id: string;
  /** Which template: `one_time_code`, `method_removed`, … */
  kind: string;
  /** The same fact twice is one mail. */
  dedupeKey: string;
  toAddress: string;
  locale: string;
  /** JSON of what the template says; secrets in it are blanked once it is sent. */
  data: string;
  customerId: string | null;
  subject: string | null;
  status: Defaulted<OutboxStatus>;
  tries: Defaulted<number>;
  lastError: string | null;
  createdAt: Instant;
  sentAt: Instant | null;
  nextTryAt: Instant;
  leasedUntil: Instant | null;
  leaseHolder: string | null;
}
