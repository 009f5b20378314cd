import { listTerms as list } from '@onfile/db/views/terms-list.ts';
import { purposes } from '@onfile/payments/agreements/purposes.ts';
import { capsText } from '@onfile/payments/agreements/terms-caps.ts';
import { currentTerms, firstLocale, firstPurpose } from '@onfile/payments/agreements/terms.ts';
import { viewerProcedure } from '../../procedures.ts';

/** Every purpose that terms can be for, with what is published and drafted of it by language. */
export const listTerms = viewerProcedure.query(async ({ ctx }) => {
  // What a shop starts with is published when it is first asked for.
  await currentTerms(ctx.runtime, { purpose: firstPurpose, locale: firstLocale });
  const lines = await list(ctx.runtime.db);
  return purposes.map((purpose) => ({
    id: purpose,
    locales: lines
      .filter((line) => line.purpose === purpose)
      .map(({ newest, ...line }) => ({
        locale: line.locale,
        draftUpdatedAt: line.draftUpdatedAt,
        newest: newest && {
          version: newest.version,
          publishedAt: newest.publishedAt,
          capText: capsText(newest),
        },
      }))
      .sort((a, b) => a.locale.localeCompare(b.locale)),
  }));
});
