import { readExportPage } from '@onfile/db/views/export-pages.ts';
import type { ExportedRow, ExportedTable } from '@onfile/db/views/export-pages.ts';
import { readPersonRecords, stripeIdsOf } from '@onfile/db/views/person-records.ts';
import type { Runtime } from '../runtime.ts';
import { findPerson } from './find-person.ts';
import { isAbout } from './is-about.ts';
import { maskPayload } from './mask-payload.ts';

export const exportKinds = ['payments', 'events', 'audit', 'customers'] as const;
export type ExportKind = (typeof exportKinds)[number];

const tables = {
  payments: 'payments',
  events: 'stripeEvents',
  audit: 'auditLog',
  customers: 'customers',
} as const satisfies Record<ExportKind, ExportedTable>;

/** A payload may be as large as a megabyte. */
const pageSize = 100;

export interface ExportAsk {
  kind: ExportKind;
  within: { from: number; to: number };
  /** Only what is about this person: a customer's id, or an address. Null: everybody. */
  who: string | null;
  /** Shows addresses and names of customers; payloads stay masked. */
  withPersonalData: boolean;
}

/**
 * What is on record, one object a row, in the order of ids, read a page at a time. Secrets and personal
 * fields are masked, in payloads always.
 * @throws Refusal `not_found` when there is nobody as `who`
 */
export async function* exportRecords(
  runtime: Pick<Runtime, 'db'>,
  ask: ExportAsk,
): AsyncGenerator<Record<string, unknown>> {
  const table = tables[ask.kind];
  const isWanted = await chooseRows(runtime, ask);
  let afterId = '';
  for (;;) {
    const page = { afterId, limit: pageSize };
    const rows = await readExportPage(runtime.db, table, ask.within, page);
    const last = rows.at(-1);
    if (!last) return;
    for (const row of rows) if (isWanted(row)) yield showRow(row, ask);
    afterId = last.id;
  }
}

async function chooseRows(
  { db }: Pick<Runtime, 'db'>,
  { who }: ExportAsk,
): Promise<(row: ExportedRow) => boolean> {
  if (who === null) return () => true;
  const ids = await findPerson(db, who);
  const records = await readPersonRecords(db, ids);
  const emails = records.customers.flatMap((row) => (row.erasedAt === null ? [row.email] : []));
  const marks = { stripeIds: stripeIdsOf(records), emails };
  const customers = new Set(ids);
  const audited = new Set(records.auditLog.map(({ id }) => id));
  return (row) => {
    if ('payload' in row) return isAbout(row, marks);
    if ('actorKind' in row) return audited.has(row.id);
    return customers.has('customerId' in row ? row.customerId : row.id);
  };
}

function showRow(row: ExportedRow, ask: ExportAsk): Record<string, unknown> {
  if ('payload' in row) return shown({ ...row, payload: readJson(row.payload) });
  if ('actorKind' in row) return shown({ ...row, details: readJson(row.details) });
  return 'email' in row && ask.withPersonalData ? { ...row } : shown(row);
}

/** Who holds a lease is a matter of the moment. */
function shown(row: object): Record<string, unknown> {
  const rest = Object.fromEntries(
    Object.entries(row).filter(([key]) => key !== 'leasedUntil' && key !== 'leaseHolder'),
  );
  return maskPayload(rest) as Record<string, unknown>;
}

/** What is no JSON is not shown: nothing in it could be masked. */
function readJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}
