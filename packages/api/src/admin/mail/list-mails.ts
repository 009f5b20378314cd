import { listMails as list } from '@onfile/db/views/mail-list.ts';
import { shownAddress } from '@onfile/db/views/shown-address.ts';
import { isSecretMail } from '@onfile/payments/mail/show-mail.ts';
import { z } from 'zod';
import { pageInput, pagingOf, rowsOf } from '../../paging.ts';
import { viewerProcedure } from '../../procedures.ts';

const pageSize = 25;

/** The outbox, newest first. A subject that says a code is left out. */
export const listMails = viewerProcedure
  .input(
    pageInput
      .extend({ status: z.enum(['pending', 'sent', 'kept', 'dead']).nullable() })
      .default({ page: 1, status: null }),
  )
  .query(async ({ ctx, input }) => {
    const { db, settings } = ctx.runtime;
    const { status, page } = input;
    const { mails, total } = await list(db, { status, ...rowsOf(page, pageSize) });
    return {
      mails: mails.map((mail) => ({
        ...mail,
        toAddress: shownAddress(mail.toAddress),
        subject: isSecretMail(mail.kind) ? null : mail.subject,
      })),
      paging: pagingOf(page, pageSize, total),
      hasServer: settings.mail.smtpUrl !== null,
    };
  });
