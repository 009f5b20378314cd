import type { Row } from '@onfile/db/database.ts';
import { findCustomer } from '@onfile/db/tables/customers.ts';
import { findLiveRecoveryLink } from '@onfile/db/tables/recovery-links.ts';
import { inTransaction } from '@onfile/db/transaction.ts';
import { audit } from '../audit.ts';
import { paymentFacts } from '../mail/payment-facts.ts';
import { queueMail } from '../mail/queue-mail.ts';
import { Refusal } from '../refusal.ts';
import type { Runtime } from '../runtime.ts';
import { ensureRecoveryLink } from './ensure-recovery-link.ts';
import { recoveryUrl } from './recovery-token.ts';
import { holdPayment } from '../state/hold-payment.ts';

type Staff = { paymentId: string; staffId: string };

/** The statuses in which an amount is owed and nothing is on its way. */
const owed = ['scheduled', 'requires_payment_method', 'requires_action', 'uncollectible'];

/**
 * Whether a payment can be paid by link: something is owed, nothing is on its way, and there is somebody
 * to pay it.
 * @param payment.customerEmail null once the person was erased
 */
export function mayPayByLink(payment: {
  status: Row<'payments'>['status'];
  customerEmail: string | null;
}): boolean {
  return payment.customerEmail !== null && owed.includes(payment.status);
}

/** The link of a payment that works now, for staff; null when there is none. */
export function findRecoveryLink(
  runtime: Pick<Runtime, 'db' | 'clock'>,
  paymentId: string,
): Promise<Row<'recoveryLinks'> | undefined> {
  return findLiveRecoveryLink(runtime.db, paymentId, runtime.clock.now());
}

/**
 * Staff copy the link, to pass it on themselves. That they did is in the audit log.
 * @returns the whole address: for the shopper
 * @throws Refusal `not_found`, `nothing_owed`, `customer_erased`
 */
export async function copyRecoveryLink(runtime: Runtime, ask: Staff): Promise<string> {
  const { link } = await makeLink(runtime, ask, 'recovery.link_copied');
  return recoveryUrl(runtime.settings, link.id);
}

/**
 * Staff mail the link once more.
 * @throws Refusal `not_found`, `nothing_owed`, `customer_erased`
 */
export async function sendRecoveryLink(runtime: Runtime, ask: Staff): Promise<void> {
  await makeLink(runtime, ask, 'recovery.link_sent');
}

function makeLink(
  runtime: Runtime,
  ask: Staff,
  action: 'recovery.link_copied' | 'recovery.link_sent',
): Promise<{ link: Row<'recoveryLinks'> }> {
  return inTransaction(runtime.db, async (tx) => {
    const payment = await holdPayment(tx, ask.paymentId);
    const customer = payment && (await findCustomer(tx, payment.customerId));
    if (!customer) throw new Refusal('not_found', 'paymentId');
    if (customer.erasedAt !== null) throw new Refusal('customer_erased');
    if (!mayPayByLink({ status: payment.status, customerEmail: customer.email })) {
      throw new Refusal('nothing_owed');
    }
    const link = await ensureRecoveryLink(tx, runtime, payment.id, ask.staffId);
    if (action === 'recovery.link_sent') {
      await queueMail(tx, runtime.clock, {
        kind: payment.nextStepReason === 'authenticate' ? 'action_required' : 'payment_failed',
        about: `${payment.id}:sent:${String(runtime.clock.now())}`,
        to: customer.email,
        data: () => paymentFacts(payment, customer, { linkId: link.id }),
        customerId: customer.id,
      });
    }
    await audit(tx, runtime.clock, {
      actor: { kind: 'staff', id: ask.staffId },
      action,
      subject: { kind: 'payment', id: payment.id },
      details: { link: link.id },
    });
    return { link };
  });
}
