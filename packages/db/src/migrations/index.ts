import type { Migration } from 'kysely/migration';
import * as people from './0001-people-and-agreements.ts';
import * as payments from './0002-payments.ts';
import * as events from './0003-events-and-audit.ts';
import * as shop from './0004-wallet-orders-mail.ts';
import * as caps from './0005-caps-by-currency.ts';
import * as later from './0006-charging-later.ts';
import * as after from './0009-refunds-and-disputes.ts';
import * as locale from './0010-customer-locale.ts';
import * as truth from './0011-webhooks-and-truth.ts';
import * as erasure from './0012-erasure-and-reduction.ts';
import * as ledger from './0013-ledger-indexes.ts';

/** Every migration, in order; a name once released never changes. */
export const migrations: Record<string, Migration> = {
  '0001-people-and-agreements': people,
  '0002-payments': payments,
  '0003-events-and-audit': events,
  '0004-wallet-orders-mail': shop,
  '0005-caps-by-currency': caps,
  '0006-charging-later': later,
  '0009-refunds-and-disputes': after,
  '0010-customer-locale': locale,
  '0011-webhooks-and-truth': truth,
  '0012-erasure-and-reduction': erasure,
  '0013-ledger-indexes': ledger,
};
