import { error } from '@sveltejs/kit';
import { TRPCError } from '@trpc/server';
import { getHTTPStatusCodeFromError } from '@trpc/server/http';
import { createAdminCaller } from '@onfile/api/admin/router.ts';
import type { AdminContext } from '@onfile/api/context.ts';
import { refusalOf } from '@onfile/api/refusal-codes.ts';
import { m } from '@onfile/messages/messages.js';
import { getRuntime } from './runtime.ts';

/** Who asks, for the procedures. */
export function contextOf(locals: App.Locals): AdminContext {
  return { runtime: getRuntime(), staff: locals.staff, request: locals.facts };
}

/** The procedures as functions, for `load`. */
export function callerOf(locals: App.Locals) {
  return createAdminCaller(contextOf(locals));
}

/** Waits for a procedure's answer; a refusal becomes the page that says so. */
export async function orRefuse<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (cause) {
    const refusal = refusalOf(cause);
    if (!refusal || !(cause instanceof TRPCError)) throw cause;
    // What a page asks for comes from its address: with an id that no id can be, there is no page.
    if (refusal.code === 'invalid_input') error(404, m.admin_error_not_found());
    error(getHTTPStatusCodeFromError(cause), refusal.sentence);
  }
}
