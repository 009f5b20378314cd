import type { Db, Row } from '../database.ts';

export interface TermsLine {
  purpose: string;
  locale: string;
  /** The newest published version; null: only a draft so far. */
  newest: Pick<
    Row<'termsVersions'>,
    'id' | 'version' | 'publishedAt' | 'capAmountMinor' | 'currency' | 'otherCaps'
  > | null;
  draftUpdatedAt: number | null;
}

/** What terms there are, by purpose and locale: the newest version of each, and the open draft. */
export async function listTerms(db: Db): Promise<TermsLine[]> {
  const newest = await db
    .selectFrom('termsVersions as terms')
    .select([
      'terms.id',
      'terms.purpose',
      'terms.locale',
      'terms.version',
      'terms.publishedAt',
      'terms.capAmountMinor',
      'terms.currency',
      'terms.otherCaps',
    ])
    .where('terms.version', '=', (eb) =>
      eb
        .selectFrom('termsVersions as other')
        .select((max) => max.fn.max('other.version').as('version'))
        .whereRef('other.purpose', '=', 'terms.purpose')
        .whereRef('other.locale', '=', 'terms.locale'),
    )
    .execute();
  const drafts = await db
    .selectFrom('termsDrafts')
    .select(['purpose', 'locale', 'updatedAt'])
    .execute();
  const isOf = (a: { purpose: string; locale: string }, b: { purpose: string; locale: string }) =>
    a.purpose === b.purpose && a.locale === b.locale;
  const published = newest.map((terms) => ({
    purpose: terms.purpose,
    locale: terms.locale,
    newest: terms,
    draftUpdatedAt: drafts.find((draft) => isOf(draft, terms))?.updatedAt ?? null,
  }));
  const unpublished = drafts
    .filter((draft) => !newest.some((terms) => isOf(terms, draft)))
    .map((draft) => ({
      purpose: draft.purpose,
      locale: draft.locale,
      newest: null,
      draftUpdatedAt: draft.updatedAt,
    }));
  return [...published, ...unpublished];
}

/** The languages in which the terms of a purpose are published. */
export async function listTermsLocales(db: Db, purpose: string): Promise<string[]> {
  const rows = await db
    .selectFrom('termsVersions')
    .select('locale')
    .distinct()
    .where('purpose', '=', purpose)
    .orderBy('locale')
    .execute();
  return rows.map(({ locale }) => locale);
}

export type TermsVersionView = Row<'termsVersions'> & {
  /** How many agreements were made under it. */
  agreementCount: number;
};

/** Every version of one purpose and locale, newest first. */
export async function listTermsVersions(
  db: Db,
  of: { purpose: string; locale: string },
): Promise<TermsVersionView[]> {
  const rows = await db
    .selectFrom('termsVersions')
    .selectAll()
    .select((eb) =>
      eb
        .selectFrom('agreements')
        .select((count) => count.fn.countAll<number | string>().as('count'))
        .whereRef('agreements.termsVersionId', '=', 'termsVersions.id')
        .where('agreements.status', '!=', 'pending')
        .as('agreementCount'),
    )
    .where('purpose', '=', of.purpose)
    .where('locale', '=', of.locale)
    .orderBy('version', 'desc')
    .execute();
  return rows.map((row) => ({ ...row, agreementCount: Number(row.agreementCount ?? 0) }));
}
