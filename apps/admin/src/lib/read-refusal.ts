import { TRPCClientError } from '@trpc/client';
import type { AdminRouter } from '@onfile/api/admin/router.ts';
import { m } from '@onfile/messages/messages.js';

/** What to tell staff when a procedure has thrown, and at which field. */
export function readRefusal(error: unknown): { field: string | null; sentence: string } {
  const data = isAnswer(error) ? error.data : null;
  if (data?.refusal) return data.refusal;
  const sentence = data?.faultId
    ? m.admin_fault({ faultId: data.faultId })
    : m.admin_no_connection();
  return { field: null, sentence };
}

function isAnswer(error: unknown): error is TRPCClientError<AdminRouter> {
  return error instanceof TRPCClientError;
}

/** What is wrong with a field, by its name; null: nothing. */
export type ErrorAt = (field: string) => string | null;
