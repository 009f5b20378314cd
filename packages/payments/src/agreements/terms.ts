import { createHash } from 'node:crypto';
import type { Row } from '@onfile/db/database.ts';
import { findNewestTerms, insertTermsVersion } from '@onfile/db/tables/terms-versions.ts';
import { newId } from '../ids.ts';
import { Refusal } from '../refusal.ts';
import type { Runtime } from '../runtime.ts';
import type { Purpose } from './purposes.ts';
import { capsText, storedCaps } from './terms-caps.ts';

export interface TermsSection {
  heading: string;
  text: string;
}

/**
 * The words of a version as one text, the form that is hashed: an agreement that stores the hash
 * proves what was on the screen.
 */
function canonicalTerms(sections: TermsSection[]): string {
  return sections.map((section) => `${section.heading}\n${section.text}`).join('\n\n');
}

export function hashTerms(sections: TermsSection[]): string {
  return createHash('sha256').update(canonicalTerms(sections)).digest('hex');
}

/** Reads the stored sections of a version. */
export function sectionsOf(terms: Pick<Row<'termsVersions'>, 'sections'>): TermsSection[] {
  return JSON.parse(terms.sections) as TermsSection[];
}

/** What a shop starts with, in the currencies of the demo's catalogue. */
const firstCaps = storedCaps([
  { currency: 'usd', capAmountMinor: 50_000 },
  { currency: 'eur', capAmountMinor: 50_000 },
  { currency: 'jpy', capAmountMinor: 75_000 },
  { currency: 'aud', capAmountMinor: 75_000 },
]);

/** Version 1, as the card networks want it: what, when and how often, how much, how to cancel. */
function firstSections(shopName: string): TermsSection[] {
  const caps = capsText(firstCaps);
  return [
    {
      heading: 'What may be charged',
      text: `You allow ${shopName} to save your payment method (a card or a bank account) and to charge it later, when you are not there, for what you owe: balances that fall due, and fees that you agreed to when you booked (no-show, late cancellation, damage).`,
    },
    {
      heading: 'When and how often',
      text: 'A balance is charged on or after the day it falls due. A fee is charged only after the event that causes it. There is no fixed schedule; you see every charge and its reason in your account.',
    },
    {
      heading: 'How the amount is found',
      text: `Each amount is what your booking says, or the fee that it names. All charges under this agreement together never go above ${caps}, by the currency of what you buy.`,
    },
    {
      heading: 'How to cancel',
      text: 'Remove the payment method from your account, or write to us, at any time. After that nothing more is charged under this agreement; charges that are already under way run to their end.',
    },
  ];
}

/** The purpose that a shop starts with. */
export const firstPurpose: Purpose = 'balances_and_fees';

/** The language of the words that a shop starts with; who understands none of the others gets it. */
export const firstLocale = 'en';

/**
 * The terms that a shopper is asked to agree to now: the newest published version. Where the shop
 * has published none, version 1 of the first purpose is published with the words that it starts with.
 * @throws Refusal `not_found` at `purpose` when nothing is published for another one
 */
export async function currentTerms(
  runtime: Pick<Runtime, 'db' | 'clock' | 'settings'>,
  which: { purpose: string; locale: string },
): Promise<Row<'termsVersions'>> {
  const { purpose, locale } = which;
  const newest = await findNewestTerms(runtime.db, purpose, locale);
  if (newest) return newest;
  if (purpose !== firstPurpose) throw new Refusal('not_found', 'purpose');
  const sections = firstSections(runtime.settings.shopName);
  await insertTermsVersion(runtime.db, {
    id: newId('termsVersion'),
    purpose,
    version: 1,
    locale,
    sections: JSON.stringify(sections),
    textHash: hashTerms(sections),
    ...firstCaps,
    publishedAt: runtime.clock.now(),
  });
  const published = await findNewestTerms(runtime.db, purpose, locale);
  if (!published) throw new Error('terms were published and are gone');
  return published;
}
