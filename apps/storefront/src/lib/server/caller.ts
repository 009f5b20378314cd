import { error } from '@sveltejs/kit';
import type { StorefrontContext } from '@onfile/api/context.ts';
import { refusalOf } from '@onfile/api/refusal-codes.ts';
import { createStorefrontCaller } from '@onfile/api/storefront/router.ts';
import { m } from '@onfile/messages/messages.js';
import { TRPCError } from '@trpc/server';
import { getHTTPStatusCodeFromError } from '@trpc/server/http';
import { getRuntime } from './runtime.ts';

/** Who asks, for the procedures. */
export function contextOf(locals: App.Locals): StorefrontContext {
  return { runtime: getRuntime(), shopper: locals.shopper, request: locals.facts };
}

/** The procedures as functions, for `load` and form actions. */
export function callerOf(locals: App.Locals) {
  return createStorefrontCaller(contextOf(locals));
}

/** Waits for a procedure's answer; a refusal becomes the page that says so. */
export async function orRefuse<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (cause) {
    const refusal = refusalOf(cause);
    if (!refusal || !(cause instanceof TRPCError)) throw cause;
    // What a page asks for comes from its address: with an id that no id can be, there is no page.
    if (refusal.code === 'invalid_input') error(404, m.storefront_error_not_found());
    error(getHTTPStatusCodeFromError(cause), refusal.sentence);
  }
}
