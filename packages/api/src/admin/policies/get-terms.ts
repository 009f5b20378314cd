import { listTermsVersions } from '@onfile/db/views/terms-list.ts';
import { findDraft } from '@onfile/payments/agreements/publish-terms.ts';
import { sectionsOf } from '@onfile/payments/agreements/terms.ts';
import { capsOf, capsText } from '@onfile/payments/agreements/terms-caps.ts';
import { currencyCodes, majorAmount } from '@onfile/payments/money.ts';
import { z } from 'zod';
import { viewerProcedure } from '../../procedures.ts';
import { termsInput } from './terms-input.ts';

interface Terms {
  sections: string;
  capAmountMinor: number;
  currency: string;
  otherCaps: string | null;
  usage: 'off_session' | 'on_session';
  validDays: number | null;
}

function showTerms(terms: Terms) {
  return {
    sections: sectionsOf(terms),
    caps: capsOf(terms).map(({ currency, capAmountMinor }) => ({
      currency,
      /** As it is typed: `500.00`. */
      cap: majorAmount(capAmountMinor, currency),
    })),
    capText: capsText(terms),
    usage: terms.usage,
    validDays: terms.validDays,
  };
}

/** Every version of the terms for a purpose in a language, newest first, and the draft. */
export const getTerms = viewerProcedure.input(z.strictObject(termsInput)).query(async (call) => {
  const { runtime } = call.ctx;
  const versions = await listTermsVersions(runtime.db, call.input);
  const draft = await findDraft(runtime.db, call.input);
  return {
    ...call.input,
    versions: versions.map((version) => ({
      ...showTerms(version),
      id: version.id,
      version: version.version,
      textHash: version.textHash,
      publishedAt: version.publishedAt,
      publishedByStaffId: version.publishedByStaffId,
      agreementCount: version.agreementCount,
    })),
    draft: draft && { ...showTerms(draft), savedAt: draft.updatedAt },
    currencies: currencyCodes(),
  };
});
