import type { Tx } from '@onfile/db/database.ts';
import { lockCustomer } from '@onfile/db/tables/customers.ts';
import {
  eraseEvidence,
  eraseMails,
  erasePerson,
  revokeLinks,
  writeTexts,
} from '@onfile/db/tables/erase-person.ts';
import { countOthersWith } from '@onfile/db/tables/people.ts';
import { inTransaction } from '@onfile/db/transaction.ts';
import type { PersonRecords } from '@onfile/db/views/person-records.ts';
import { readPersonRecords, stripeIdsOf } from '@onfile/db/views/person-records.ts';
import { m } from '@onfile/messages/messages.js';
import type { Actor } from '../audit.ts';
import { audit } from '../audit.ts';
import { forgetSpender } from '../limits/forget-spender.ts';
import { Refusal } from '../refusal.ts';
import type { Runtime } from '../runtime.ts';
import { changedTexts, rowsThatNameThem } from './changed-texts.ts';
import { endRelations } from './end-relations.ts';
import { findPerson } from './find-person.ts';
import type { Marks } from './is-about.ts';
import { reduceEventsAbout } from './reduce-events-about.ts';
import { hasEndedRelations, whyNotErasable } from './why-not-erasable.ts';

/** Erases the login of a person, in the transaction in which the rest goes; the auth package's part. */
export type EraseLogin = (
  tx: Tx,
  login: { userIds: string[]; emails: string[]; ipAddresses: string[] },
) => Promise<void>;

export interface Erased {
  customerIds: string[];
  /** How many of Stripe's events about them were reduced now. */
  events: number;
  /** Audit rows in which somebody wrote their name or address: these rows never change. */
  namedIn: string[];
  /** How many other customers have their address and were left. */
  othersWithAddress: number;
  /** Their customers at Stripe, where what Stripe holds is erased by hand. */
  stripeOwners: string[];
}

/**
 * Erases a person: their agreements are withdrawn and their methods detached, then whatever tells who
 * they were is overwritten in one transaction. What the books need stays, and so does every audit row:
 * it names rows, not people. Safe to repeat, and after a crash at any point it is to be repeated: what
 * was done is found done.
 * @param ask.who a customer's id, or an address: then everybody who has it
 * @throws Refusal `not_found`, `customer_not_erasable` while anything is owed or under way, or when
 *   Stripe will not let a method go; `stripe_unavailable`
 */
export async function eraseCustomer(
  runtime: Runtime,
  ask: { who: string; by: Extract<Actor, { id: string }>; eraseLogin: EraseLogin },
): Promise<Erased> {
  const { by } = ask;
  const customerIds = await findPerson(runtime.db, ask.who);
  const before = await readPersonRecords(runtime.db, customerIds);
  requireNothingOpen(before);
  await endRelations(runtime, before, by);
  // While the address is known: afterwards only Stripe's ids find them.
  let events = await reduceEventsAbout(runtime, marksOf(before));
  const erased = await inTransaction(runtime.db, async (tx) => {
    // In the order of their ids, as whoever joins a guest to an account.
    for (const id of customerIds) await lockCustomer(tx, id);
    const records = await readPersonRecords(tx, customerIds);
    requireNothingOpen(records);
    if (!hasEndedRelations(records)) {
      throw new Refusal('customer_not_erasable', null, { why: m.erasure_changed() });
    }
    await overwrite(tx, runtime, records, ask.eraseLogin);
    await note(tx, runtime, records, by);
    return records;
  });
  // What came between the walk and the transaction; what comes later the worker reduces.
  events += await reduceEventsAbout(runtime, marksOf(erased), runtime.clock.now() - hourMs);
  return {
    customerIds,
    events,
    namedIn: rowsThatNameThem(before),
    othersWithAddress: await countOthers(runtime, before, customerIds),
    stripeOwners: erased.customers.flatMap((row) =>
      [row.stripeCustomerId, row.stripeAccountId].filter((id) => id !== null),
    ),
  };
}

const hourMs = 60 * 60 * 1000;

function requireNothingOpen(records: PersonRecords): void {
  const why = whyNotErasable(records);
  if (why.length > 0) throw new Refusal('customer_not_erasable', null, { why: why.join('\n') });
}

/** Addresses that are still known. */
function emailsOf({ customers }: PersonRecords): string[] {
  return [...new Set(customers.flatMap((row) => (row.erasedAt === null ? [row.email] : [])))];
}

function marksOf(records: PersonRecords): Marks {
  return {
    stripeIds: stripeIdsOf(records),
    emails: emailsOf(records).map((email) => email.toLowerCase()),
  };
}

async function overwrite(
  tx: Tx,
  runtime: Runtime,
  records: PersonRecords,
  eraseLogin: EraseLogin,
): Promise<void> {
  const now = runtime.clock.now();
  const ids = records.customers.map(({ id }) => id);
  const emails = emailsOf(records);
  const known = (values: (string | null)[]) => values.filter((value) => value !== null);
  await eraseLogin(tx, {
    userIds: known(records.customers.map(({ authUserId }) => authUserId)),
    emails,
    ipAddresses: known(records.agreements.map(({ ipAddress }) => ipAddress)),
  });
  for (const account of ids) await forgetSpender(tx, { account });
  for (const email of emails) await forgetSpender(tx, { email });
  await writeTexts(tx, changedTexts(records));
  await eraseMails(tx, records.outbox);
  await eraseEvidence(tx, records.disputes);
  await revokeLinks(tx, records.recoveryLinks, now);
  await erasePerson(tx, ids, now);
}

/** One row for each customer, once. */
async function note(tx: Tx, runtime: Runtime, records: PersonRecords, actor: Actor): Promise<void> {
  for (const { id, erasedAt } of records.customers) {
    if (erasedAt !== null) continue;
    const subject = { kind: 'customer' as const, id };
    await audit(tx, runtime.clock, { actor, action: 'customer.erased', subject });
  }
}

async function countOthers(
  runtime: Runtime,
  records: PersonRecords,
  customerIds: string[],
): Promise<number> {
  let others = 0;
  for (const email of emailsOf(records)) {
    others += await countOthersWith(runtime.db, email, customerIds);
  }
  return others;
}
