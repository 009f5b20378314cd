import type { PaymentKind, Row, Tx } from '@onfile/db/database.ts';
import { findAgreement } from '@onfile/db/tables/agreements.ts';
import { updateOrder } from '@onfile/db/tables/orders.ts';
import { requireAccepted, writeAgreement } from '../agreements/accept-terms.ts';
import type { Acceptance } from '../agreements/accept-terms.ts';
import { isOngoing } from '../agreements/agreement-stands.ts';
import { purposeCovers } from '../agreements/purposes.ts';
import { capIn } from '../agreements/terms-caps.ts';
import { currentTerms, firstPurpose } from '../agreements/terms.ts';
import { formatAmount } from '../money.ts';
import { Refusal } from '../refusal.ts';
import type { Runtime } from '../runtime.ts';
import { needsMethodLater, planOf, planPayments, shareOf } from './payment-plan.ts';
import type { PaymentPlan, Planned } from './payment-plan.ts';

/**
 * The terms that an order's plan needs an answer to; null where the shopper pays all while present
 * and asked for nothing to be kept.
 * @throws Refusal `terms_not_accepted`, `terms_outdated`, `agreement_covers_other_purpose`,
 *   `order_above_terms`
 */
export async function readTerms(
  runtime: Runtime,
  order: Row<'orders'>,
  acceptance: Acceptance | null,
): Promise<Row<'termsVersions'> | null> {
  const needed = asksForTerms(runtime, order);
  if (!needed && !acceptance?.accepted) return null;
  if (!acceptance) throw new Refusal('terms_not_accepted', 'accepted');
  const terms = await requireAccepted(runtime, acceptance);
  if (needed) {
    requireForLater(terms, planOf(order));
    requireCovering(terms, order, laterSum(runtime, order));
  }
  return terms;
}

/** Whether an order's plan charges, or holds, something after the shopper has left. */
export function asksForTerms(runtime: Pick<Runtime, 'settings'>, order: Row<'orders'>): boolean {
  return needsMethodLater(planOf(order), plannedOf(runtime, order));
}

function plannedOf(runtime: Pick<Runtime, 'settings'>, order: Row<'orders'>): Planned {
  return { ...order, now: order.placedAt, timeZone: runtime.settings.timeZone };
}

function laterSum(runtime: Pick<Runtime, 'settings'>, order: Row<'orders'>): number {
  const plan = planOf(order);
  if (plan.kind === 'card_kept') return shareOf(order.totalMinor, plan.feePercent, order.currency);
  return planPayments(plan, plannedOf(runtime, order))
    .filter(({ kind, dueAt }) => dueAt !== 'now' || kind === 'hold')
    .reduce((sum, { amountMinor }) => sum + amountMinor, 0);
}

/** What each plan comes to charge, or to hold, after the shopper has left. */
const laterKinds: Record<PaymentPlan['kind'], PaymentKind | null> = {
  full: null,
  check_stock: null,
  deposit: 'balance',
  card_kept: 'fee',
  hold: 'hold',
};

/** Terms for something else, or for the shopper's presence alone, would let the shop charge nothing later. */
function requireForLater(terms: Row<'termsVersions'>, plan: PaymentPlan): void {
  const kind = laterKinds[plan.kind];
  const covers = kind === null || purposeCovers(terms.purpose, kind);
  if (terms.usage === 'off_session' && covers) return;
  throw new Refusal('agreement_covers_other_purpose', 'termsVersionId');
}

/**
 * Terms without a cap in its currency, or with a smaller one than what the order will owe, would let
 * the shop charge nothing later.
 */
function requireCovering(
  terms: Row<'termsVersions'>,
  order: Row<'orders'>,
  laterMinor: number,
): void {
  const { currency } = order;
  const cap = capIn(terms, currency);
  if (cap === null) {
    const named = { currency: currency.toUpperCase() };
    throw new Refusal('terms_without_currency', 'slug', named);
  }
  if (laterMinor <= cap) return;
  throw new Refusal('order_above_terms', 'quantity', {
    later: formatAmount(laterMinor, currency),
    cap: formatAmount(cap, currency),
  });
}

/**
 * Refuses an order that could not be charged later under the terms of today, before it is placed.
 * @param locale in which its shopper will be shown them
 * @throws Refusal `order_above_terms`, `terms_without_currency`
 */
export async function requireCoveredLater(
  runtime: Pick<Runtime, 'db' | 'clock' | 'settings'>,
  order: Row<'orders'>,
  locale: string,
): Promise<void> {
  if (!asksForTerms(runtime, order)) return;
  const terms = await currentTerms(runtime, { purpose: firstPurpose, locale });
  requireCovering(terms, order, laterSum(runtime, order));
}

/**
 * Writes what the shopper agreed to for an order, and notes it on the order. The same yes twice (a
 * second page, another try) is one agreement, as long as it goes on. Without a yes, what was agreed to
 * for a page that was left counts no more: no method is named in it.
 */
export async function agreeForOrder(
  tx: Tx,
  runtime: Runtime,
  made: {
    order: Row<'orders'>;
    /** Null where the plan asks for nothing, or the shopper said no. */
    terms: Row<'termsVersions'> | null;
    acceptance: Acceptance | null;
    /** Our id of the Session or the intent that it was made for. */
    sessionId: string;
  },
): Promise<Row<'agreements'> | null> {
  const { order, terms, acceptance } = made;
  const now = runtime.clock.now();
  const before = order.agreementId ? await findAgreement(tx, order.agreementId) : undefined;
  if (!terms || !acceptance) {
    if (before?.status === 'pending') {
      await updateOrder(tx, { id: order.id, change: { agreementId: null, updatedAt: now } });
    }
    return null;
  }
  const isSame =
    before &&
    isOngoing(before, now) &&
    before.termsVersionId === terms.id &&
    before.redisplay === (acceptance.redisplay ? 1 : 0);
  if (isSame) return before;
  const agreement = await writeAgreement(tx, runtime, {
    customerId: order.customerId,
    terms,
    acceptance,
    currency: order.currency,
    orderId: order.id,
    sessionId: made.sessionId,
  });
  await updateOrder(tx, { id: order.id, change: { agreementId: agreement.id, updatedAt: now } });
  return agreement;
}
