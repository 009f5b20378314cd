import type { Db, Instant, Row } from '@onfile/db/database.ts';
import {
  deleteTermsDraft,
  findNewestTerms,
  findTermsDraft,
  insertTermsVersion,
  saveTermsDraft,
} from '@onfile/db/tables/terms-versions.ts';
import { inTransaction } from '@onfile/db/transaction.ts';
import { audit } from '../audit.ts';
import { newId } from '../ids.ts';
import { Refusal } from '../refusal.ts';
import type { Runtime } from '../runtime.ts';
import type { Purpose } from './purposes.ts';
import { storedCaps } from './terms-caps.ts';
import type { Cap } from './terms-caps.ts';
import { hashTerms, sectionsOf } from './terms.ts';
import type { TermsSection } from './terms.ts';

export interface TermsDraft {
  purpose: Purpose;
  locale: string;
  sections: TermsSection[];
  /** The most that all charges under one agreement may come to: one cap a currency, the shop's first. */
  caps: [Cap, ...Cap[]];
  usage: 'off_session' | 'on_session';
  /** For how many days an agreement holds; null: until it is withdrawn. */
  validDays: number | null;
}

/**
 * Keeps what staff have written; nobody is asked to agree to it before it is published.
 * @returns when it was saved, which names this draft
 */
export async function draftTerms(
  runtime: Runtime,
  draft: TermsDraft & { staffId: string },
): Promise<Instant> {
  const { sections, staffId, caps, ...kept } = draft;
  const savedAt = runtime.clock.now();
  await saveTermsDraft(runtime.db, {
    ...kept,
    ...storedCaps(caps),
    sections: JSON.stringify(sections),
    updatedByStaffId: staffId,
    updatedAt: savedAt,
  });
  return savedAt;
}

/** What staff are writing for a purpose in a language; null when nothing is drafted. */
export async function findDraft(
  db: Db,
  of: { purpose: Purpose; locale: string },
): Promise<Row<'termsDrafts'> | null> {
  return (await findTermsDraft(db, of.purpose, of.locale)) ?? null;
}

/** Throws a draft away; what is published stays. */
export async function discardDraft(
  db: Db,
  of: { purpose: Purpose; locale: string },
): Promise<void> {
  await deleteTermsDraft(db, of.purpose, of.locale);
}

/**
 * Makes the draft the newest version. A published version never changes; agreements made under the
 * ones before it hold as they were accepted.
 * @throws Refusal `not_found` without a draft, `terms_outdated` when it was changed since it was
 *   read, `terms_unchanged` when it says what is published
 */
export function publishTerms(
  runtime: Runtime,
  publication: {
    purpose: Purpose;
    locale: string;
    staffId: string;
    /** When the draft that was read before this was saved; without it any draft is published. */
    draftSavedAt?: Instant;
  },
): Promise<Row<'termsVersions'>> {
  const { purpose, locale, staffId } = publication;
  return inTransaction(runtime.db, async (tx) => {
    const draft = await findTermsDraft(tx, purpose, locale);
    if (!draft) throw new Refusal('not_found', 'purpose');
    const { draftSavedAt = draft.updatedAt } = publication;
    if (draft.updatedAt !== draftSavedAt) throw new Refusal('terms_outdated');
    const before = await findNewestTerms(tx, purpose, locale);
    const version = versionOf(draft, (before?.version ?? 0) + 1, staffId, runtime.clock.now());
    if (before && saysTheSame(before, version)) throw new Refusal('terms_unchanged');
    await insertTermsVersion(tx, version);
    await deleteTermsDraft(tx, purpose, locale);
    const published = await findNewestTerms(tx, purpose, locale);
    // Two publications at once: the number is taken, and the second must read the first one.
    if (published?.id !== version.id) throw new Refusal('terms_outdated');
    await audit(tx, runtime.clock, {
      actor: { kind: 'staff', id: staffId },
      action: 'terms.published',
      subject: { kind: 'terms', id: version.id },
      details: { purpose, locale, version: version.version, termsHash: version.textHash },
    });
    return published;
  });
}

function versionOf(
  draft: Row<'termsDrafts'>,
  version: number,
  staffId: string,
  now: number,
): Row<'termsVersions'> {
  return {
    id: newId('termsVersion'),
    purpose: draft.purpose,
    version,
    locale: draft.locale,
    sections: draft.sections,
    textHash: hashTerms(sectionsOf(draft)),
    capAmountMinor: draft.capAmountMinor,
    currency: draft.currency,
    otherCaps: draft.otherCaps,
    usage: draft.usage,
    validDays: draft.validDays,
    publishedByStaffId: staffId,
    publishedAt: now,
  };
}

function saysTheSame(before: Row<'termsVersions'>, version: Row<'termsVersions'>): boolean {
  return (
    before.textHash === version.textHash &&
    before.capAmountMinor === version.capAmountMinor &&
    before.currency === version.currency &&
    before.otherCaps === version.otherCaps &&
    before.usage === version.usage &&
    before.validDays === version.validDays
  );
}
