import type { StorefrontRouter } from '@onfile/api/storefront/router.ts';
import { m } from '@onfile/messages/messages.js';
import { TRPCClientError } from '@trpc/client';

/** What to tell the shopper when a procedure has thrown, and at which field. */
export function readRefusal(error: unknown): {
  code: string | null;
  field: string | null;
  sentence: string;
} {
  const data = isOurs(error) ? error.data : null;
  if (data?.refusal) return data.refusal;
  const sentence = data?.faultId
    ? m.storefront_error_fault_with_id({ faultId: data.faultId })
    : m.storefront_error_no_connection();
  return { code: null, field: null, sentence };
}

function isOurs(error: unknown): error is TRPCClientError<StorefrontRouter> {
  return error instanceof TRPCClientError;
}
