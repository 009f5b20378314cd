import type { Row, Tx } from '@onfile/db/database.ts';
import { listAttempts } from '@onfile/db/tables/attempts.ts';
import { findCustomer } from '@onfile/db/tables/customers.ts';
import { formatDay } from '../format-day.ts';
import { ensureRecoveryLink } from '../recovery/ensure-recovery-link.ts';
import type { Runtime } from '../runtime.ts';
import { paymentFacts } from './payment-facts.ts';
import { queueMail } from './queue-mail.ts';

type PaymentMail =
  | 'payment_charged'
  | 'payment_failed'
  | 'action_required'
  | 'hold_placed'
  | 'hold_released'
  | 'payment_given_up_staff';

interface Change {
  before: Row<'payments'>;
  after: Row<'payments'>;
}

/**
 * Tells people what has become of a payment, in the transaction that made it so: the shopper when it
 * was charged, or when only they can go on; staff when it was given up. Each fact once.
 */
export async function tellPaymentChange(
  tx: Tx,
  runtime: Pick<Runtime, 'clock' | 'settings'>,
  change: Change,
): Promise<void> {
  const { before, after } = change;
  if (after.status === 'succeeded' && before.status !== 'succeeded') {
    await tell(tx, runtime, after, 'payment_charged', after.id);
  }
  if (after.status === 'requires_capture' && before.status !== 'requires_capture') {
    await tell(tx, runtime, after, 'hold_placed', after.id);
  }
  if (after.status === 'canceled' && before.status === 'requires_capture') {
    await tell(tx, runtime, after, 'hold_released', after.id);
  }
  // What staff have written off themselves is no news to them.
  const isGivenUp = after.status === 'uncollectible' && after.nextStepReason !== 'written_off';
  if (isGivenUp && before.status !== 'uncollectible') {
    await tell(tx, runtime, after, 'payment_given_up_staff', after.id);
  }
  const isNewWait = needsShopper(after) && !isSameWait(before, after);
  if (isNewWait || isNewRetry(before, after)) await sendLink(tx, runtime, after);
}

/** A bank said no and will be asked again: its customer hears of it, and of the day, before. */
function isNewRetry(before: Row<'payments'>, after: Row<'payments'>): boolean {
  return after.nextStep === 'charge' && after.triesMade !== null && before.nextStep !== 'charge';
}

/** An amount that was to be charged by agreement, and now waits for its shopper. */
function needsShopper({ agreementId, nextStep }: Row<'payments'>): boolean {
  return agreementId !== null && nextStep === 'shopper';
}

function isSameWait(before: Row<'payments'>, after: Row<'payments'>): boolean {
  return before.nextStep === 'shopper' && before.nextStepReason === after.nextStepReason;
}

async function sendLink(
  tx: Tx,
  runtime: Pick<Runtime, 'clock' | 'settings'>,
  payment: Row<'payments'>,
): Promise<void> {
  const link = await ensureRecoveryLink(tx, runtime, payment.id, null);
  const tries = (await listAttempts(tx, payment.id)).length;
  const kind = payment.nextStepReason === 'authenticate' ? 'action_required' : 'payment_failed';
  const againAt = payment.nextStep === 'charge' ? payment.chargeAt : null;
  await tell(tx, runtime, payment, kind, `${payment.id}:${String(tries)}`, {
    linkId: link.id,
    againAt,
  });
}

async function tell(
  tx: Tx,
  runtime: Pick<Runtime, 'clock' | 'settings'>,
  payment: Row<'payments'>,
  kind: PaymentMail,
  about: string,
  more: { linkId?: string; againAt?: number | null } = {},
): Promise<void> {
  const customer = await findCustomer(tx, payment.customerId);
  if (!customer) throw new Error(`customer ${payment.customerId} is gone`);
  const isForStaff = kind === 'payment_given_up_staff';
  await queueMail(tx, runtime.clock, {
    kind,
    about,
    to: isForStaff ? runtime.settings.mail.staffAddress : customer.email,
    data: () => {
      const again = more.againAt ? formatDay(more.againAt, runtime.settings.timeZone) : '';
      return paymentFacts(payment, customer, { linkId: more.linkId ?? '', again });
    },
    customerId: customer.id,
    locale: customer.locale,
  });
}
