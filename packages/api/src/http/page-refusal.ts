import { TRPCError } from '@trpc/server';
import { getHTTPStatusCodeFromError } from '@trpc/server/http';
import { refusalOf } from '../refusal-codes.ts';

/**
 * What a page says when a procedure refused it; null when the error is a fault.
 * @param notFound the app's own words for a page that is not there: what a page asks for comes
 *   from its address, and with an id that no id can be, there is no such page
 */
export function pageRefusal(
  cause: unknown,
  notFound: string,
): { status: number; sentence: string } | null {
  const refusal = refusalOf(cause);
  if (!refusal || !(cause instanceof TRPCError)) return null;
  return refusal.code === 'invalid_input'
    ? { status: 404, sentence: notFound }
    : { status: getHTTPStatusCodeFromError(cause), sentence: refusal.sentence };
}
