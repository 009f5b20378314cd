import { readPersonRecords, stripeIdsOf } from '@onfile/db/views/person-records.ts';
import type { PersonRecords } from '@onfile/db/views/person-records.ts';
import { countOthersWith } from '@onfile/db/tables/people.ts';
import { listTermsVersions } from '@onfile/db/tables/terms-versions.ts';
import { isSecretMail } from '../mail/show-mail.ts';
import type { Runtime } from '../runtime.ts';
import { walkEvents } from './walk-events.ts';
import { findPerson } from './find-person.ts';
import { isAbout } from './is-about.ts';
import { mask, maskSecrets } from './mask-payload.ts';

/** Reads what is held of a person's login; the auth package's part. */
export type ReadLogin = (db: Runtime['db'], userIds: string[]) => Promise<object>;

/** Columns that hold JSON. */
const jsonColumns = new Set([
  'billingDetails',
  'data',
  'details',
  'evidence',
  'evidenceFiles',
  'methodHint',
  'plan',
  'request',
  'sections',
]);
/** What is of use to a process alone, or lets somebody in. */
const leftOut = new Set(['leasedUntil', 'leaseHolder', 'tokenHash', 'idempotencyKey', 'asOf']);

/**
 * Everything that is held about one person, for themselves: what they said, what was agreed with the
 * words that they saw, what was charged and told, what staff noted, what Stripe told of them. Nothing
 * personal is masked; what lets somebody in is.
 * @throws Refusal `not_found`
 */
export async function exportPerson(
  runtime: Pick<Runtime, 'db' | 'clock'>,
  ask: { who: string; readLogin: ReadLogin },
): Promise<Record<string, unknown>> {
  const { db, clock } = runtime;
  const records = await readPersonRecords(db, await findPerson(db, ask.who));
  const userIds = records.customers.flatMap(({ authUserId }) => (authUserId ? [authUserId] : []));
  const versions = records.agreements.map(({ termsVersionId }) => termsVersionId);
  return {
    exportedAt: clock.now(),
    login: await ask.readLogin(db, userIds),
    ...Object.fromEntries(
      Object.entries(records).map(([table, rows]) => [table, (rows as object[]).map(showRow)]),
    ),
    termsAgreedTo: (await listTermsVersions(db, versions)).map(showRow),
    events: await listEvents(runtime, records),
  };
}

function showRow(row: object): unknown {
  const isSecret = 'kind' in row && 'toAddress' in row && isSecretMail(String(row.kind));
  const entries = Object.entries(row).flatMap(([key, value]: [string, unknown]) => {
    if (leftOut.has(key)) return [];
    if (isSecret && key === 'data') return [[key, mask]];
    const isJson = jsonColumns.has(key) && typeof value === 'string';
    return [[key, isJson ? (JSON.parse(value) as unknown) : value]];
  });
  return maskSecrets(Object.fromEntries(entries));
}

async function listEvents(
  runtime: Pick<Runtime, 'db' | 'clock'>,
  records: PersonRecords,
): Promise<unknown[]> {
  const marks = { stripeIds: stripeIdsOf(records), emails: await ownEmails(runtime.db, records) };
  const told: unknown[] = [];
  for await (const page of walkEvents(runtime)) {
    const theirs = page.filter((event) => isAbout(event, marks));
    told.push(...theirs.map(({ payload }) => maskSecrets(JSON.parse(payload))));
  }
  return told;
}

/** An address that somebody else has given as well may be in events about them. */
async function ownEmails(db: Runtime['db'], { customers }: PersonRecords): Promise<string[]> {
  const ids = customers.map(({ id }) => id);
  const emails: string[] = [];
  for (const { email, erasedAt } of customers) {
    if (erasedAt === null && (await countOthersWith(db, email, ids)) === 0) emails.push(email);
  }
  return emails;
}
