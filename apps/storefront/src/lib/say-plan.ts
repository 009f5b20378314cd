import { m } from '@onfile/messages/messages.js';
import type { RouterOutput } from './api-types.ts';

type Plan = RouterOutput['catalogue']['get']['plan'];

/** How a product is paid, in one sentence. */
export function sayPlan(plan: Plan): string {
  switch (plan.kind) {
    case 'full':
      return m.storefront_plan_full();
    case 'check_stock':
      return m.storefront_plan_check_stock();
    case 'deposit':
      return m.storefront_plan_deposit({
        percent: plan.depositPercent,
        days: plan.balanceDaysBefore,
      });
    case 'card_kept':
      return m.storefront_plan_card_kept({
        percent: plan.feePercent,
        hours: plan.freeCancellationHours,
      });
    case 'hold':
      return plan.daysBefore === 1
        ? m.storefront_plan_hold_day_before()
        : m.storefront_plan_hold({ days: plan.daysBefore });
  }
}
