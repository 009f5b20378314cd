import { noteRecoveryOpened } from '@onfile/payments/recovery/note-opened.ts';
import { storefront } from '../../trpc.ts';

/** A person has the page open: called by its script, not by programs that look at links in mails. */
export const noteOpened = storefront.base.mutation(({ ctx }) =>
  noteRecoveryOpened(ctx.runtime, ctx.recoveryToken),
);
