import { shownAddress } from '@onfile/db/views/shown-address.ts';
import { getMail as get } from '@onfile/payments/mail/show-mail.ts';
import { Refusal } from '@onfile/payments/refusal.ts';
import { z } from 'zod';
import { idOf } from '../../input.ts';
import { mayChangeSettings, viewerProcedure } from '../../procedures.ts';

/** One mail as its receiver gets it. What lets its reader in is shown to owners alone. */
export const getMail = viewerProcedure
  .input(z.strictObject({ mailId: idOf('mail') }))
  .query(async ({ ctx, input }) => {
    const { row, content, isSecret } = await get(ctx.runtime, input.mailId);
    if (isSecret && content.shown === 'words' && !mayChangeSettings(ctx.staff)) {
      throw new Refusal('role_not_allowed');
    }
    return {
      id: row.id,
      kind: row.kind,
      toAddress: shownAddress(row.toAddress),
      locale: row.locale,
      customerId: row.customerId,
      status: row.status,
      tries: row.tries,
      lastError: row.lastError,
      createdAt: row.createdAt,
      sentAt: row.sentAt,
      nextTryAt: row.nextTryAt,
      content,
    };
  });
