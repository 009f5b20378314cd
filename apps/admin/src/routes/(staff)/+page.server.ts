import { callerOf } from '#lib/server/caller.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals }) => {
  const caller = callerOf(locals);
  const { disputes } = await caller.disputes.list({ show: 'open' });
  return {
    holds: (await caller.payments.listHolds({ withinHours: 48, page: 1 })).holds,
    payments: await caller.payments.list(),
    owed: await caller.refunds.listOwed(),
    inbox: await caller.events.list(),
    drift: await caller.drift.get(),
    disputes: disputes.filter(({ waitsForStaff }) => waitsForStaff),
  };
};
