import { error } from '@sveltejs/kit';
import { createAdminCaller } from '@onfile/api/admin/router.ts';
import type { AdminContext } from '@onfile/api/context.ts';
import { pageRefusal } from '@onfile/api/http/page-refusal.ts';
import { eraseShopper } from '@onfile/auth/erase-shopper.ts';
import { m } from '@onfile/messages/messages.js';
import { getRuntime } from './runtime.ts';

/** Who asks, for the procedures. */
export function contextOf(locals: App.Locals): AdminContext {
  return {
    runtime: getRuntime(),
    staff: locals.staff,
    request: locals.facts,
    eraseLogin: eraseShopper,
  };
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
    const refusal = pageRefusal(cause, m.admin_error_not_found());
    if (!refusal) throw cause;
    error(refusal.status, refusal.sentence);
  }
}
