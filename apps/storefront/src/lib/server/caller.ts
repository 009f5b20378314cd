import { error } from '@sveltejs/kit';
import type { StorefrontContext } from '@onfile/api/context.ts';
import { pageRefusal } from '@onfile/api/http/page-refusal.ts';
import { createStorefrontCaller } from '@onfile/api/storefront/router.ts';
import { m } from '@onfile/messages/messages.js';
import { getRuntime } from './runtime.ts';

/** Who asks, for the procedures. */
export function contextOf(locals: App.Locals): StorefrontContext {
  const { shopper, guestId, recoveryToken, rememberGuest, facts } = locals;
  const runtime = getRuntime();
  return { runtime, shopper, guestId, recoveryToken, rememberGuest, request: facts };
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
    const refusal = pageRefusal(cause, m.storefront_error_not_found());
    if (!refusal) throw cause;
    error(refusal.status, refusal.sentence);
  }
}
