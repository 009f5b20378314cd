import type { PageServerLoad } from './$types';
import { readPageNumber } from '#lib/read-page-number.ts';
import { callerOf, orRefuse } from '#lib/server/caller.ts';
import { getRuntime } from '#lib/server/runtime.ts';

export const load: PageServerLoad = async ({ locals, url }) => {
  const caller = callerOf(locals);
  const [list, pending] = await orRefuse(
    Promise.all([
      caller.paymentMethods.list({ page: readPageNumber(url) }),
      caller.setup.listPending(),
    ]),
  );
  return { ...list, pending, customerPortal: getRuntime().settings.customerPortal };
};
