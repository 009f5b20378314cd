import type { Purpose } from '@onfile/payments/agreements/purposes.ts';
import { draftTerms, publishTerms } from '@onfile/payments/agreements/publish-terms.ts';
import { firstLocale } from '@onfile/payments/agreements/terms.ts';
import type { TermsSection } from '@onfile/payments/agreements/terms.ts';
import type { Runtime } from '@onfile/payments/runtime.ts';

const englishSections: TermsSection[] = [
  { heading: 'What may be charged', text: 'Fees that you agreed to when you booked.' },
  { heading: 'When and how often', text: 'After the event that causes them.' },
  { heading: 'How the amount is found', text: 'As your booking says, up to 500.00 in all.' },
  { heading: 'How to cancel', text: 'In your account, at any time.' },
];

/** Publishes terms for a purpose in a currency, as staff would; in English unless told otherwise. */
export async function publishTermsIn(
  runtime: Runtime,
  terms: {
    purpose: Purpose;
    currency: string;
    usage?: 'off_session' | 'on_session';
    locale?: string;
    sections?: TermsSection[];
  },
): Promise<void> {
  const which = {
    purpose: terms.purpose,
    locale: terms.locale ?? firstLocale,
    staffId: 'staff-story',
  };
  await draftTerms(runtime, {
    ...which,
    sections: terms.sections ?? englishSections,
    caps: [{ currency: terms.currency, capAmountMinor: 50_000 }],
    usage: terms.usage ?? 'off_session',
    validDays: null,
  });
  await publishTerms(runtime, which);
}
