import { callerOf } from '#lib/server/caller.ts';
import { pageRefusal } from '@onfile/api/http/page-refusal.ts';
import { m } from '@onfile/messages/messages.js';
import type { PageServerLoad } from './$types';

/** Stripe may be away, or the key may not ask: the page says so, and stays one. */
export const load: PageServerLoad = async ({ locals }) => {
  try {
    return { report: await callerOf(locals).endpoint.check(), problem: null };
  } catch (cause) {
    const refusal = pageRefusal(cause, m.admin_error_not_found());
    if (!refusal) throw cause;
    return { report: null, problem: refusal.sentence };
  }
};
