import { usualDunning } from './dunning-settings.ts';

/** How many days before it a debit's payer must have been told of it; 0 for what needs no notice. */
export function noticeDaysOf(paymentMethodType: string | null): number {
  if (paymentMethodType === null || paymentMethodType === 'card') return 0;
  return usualDunning.noticeDays.get(paymentMethodType) ?? usualDunning.usualNoticeDays;
}
