import { updateOrder } from '@onfile/db/tables/orders.ts';
import { listOrderPayments } from '@onfile/db/tables/payments.ts';
import { holdForOrder, orderWithPlan, reservationKept } from '@onfile/dev-env/place-order.ts';
import { customerNamed, guestNamed } from '@onfile/dev-env/save-card.ts';
import type { OnFile } from '@onfile/dev-env/save-card.ts';
import { scheduleBalance } from '@onfile/dev-env/schedule-balance.ts';
import type { TestRuntime } from '@onfile/dev-env/test-runtime.ts';
import { minuteInShop } from '@onfile/payments/fees/cancel-reservation.ts';
import { newId } from '@onfile/payments/ids.ts';
import type { RefusalCode } from '@onfile/payments/refusal.ts';
import type { createAdminCaller } from '../src/admin/router.ts';
import type { AdminContext, StaffRole } from '../src/context.ts';
import { refusalOf } from '../src/refusal-codes.ts';
import type { createStorefrontCaller } from '../src/storefront/router.ts';
import { eventCalls } from './event-calls.ts';
import { disputeCalls, refundCalls } from './money-back-calls.ts';

/** What the calls are about: all of it is ada's. */
export interface World {
  test: TestRuntime;
  ada: OnFile;
  adaSession: string;
  adaOrder: string;
  paymentId: string;
  /** An amount that ada still owes. */
  owedPaymentId: string;
  mailId: string;
  slug: string;
  chargeRequestId: string;
  shopper: (
    name: string | null,
    recoveryToken?: string | null,
  ) => ReturnType<typeof createStorefrontCaller>;
  staff: (
    role: StaffRole | null,
    given?: Partial<NonNullable<AdminContext['staff']>>,
  ) => ReturnType<typeof createAdminCaller>;
  /** A charge of ada's card, changed as the call wants it. */
  charge: (
    change?: object,
  ) => Parameters<ReturnType<typeof createAdminCaller>['payments']['charge']>[0];
}

export const terms = { purpose: 'show_again', locale: 'en' } as const;
const draft = {
  sections: [{ heading: 'What may be charged', text: 'Nothing while you are away.' }],
  caps: [
    { cap: '100.00', currency: 'usd' },
    { cap: '10000', currency: 'jpy' },
  ],
  usage: 'on_session' as const,
  validDays: null,
};

const kept = { kind: 'card_kept', feePercent: 50, freeCancellationHours: 48 } as const;
const dayMs = 24 * 60 * 60 * 1000;
const reason = 'The shopper has called';

/** An amount that ada owes, and why staff decide about it. */
async function balance(w: World, inDays = 10): Promise<{ paymentId: string; reason: string }> {
  const { id } = await scheduleBalance(w.test.runtime, w.ada, { amountMinor: 60, inDays });
  return { paymentId: id, reason };
}

const billing = {
  name: 'Ada Lovelace',
  line1: '12 St James’s Square',
  line2: '',
  city: 'London',
  state: '',
  postalCode: 'SW1Y 4JH',
  country: 'GB',
} as const;

/** For what has nothing to do in this world: that it says so is as good as done. */
async function unless(code: RefusalCode, call: Promise<unknown>): Promise<void> {
  await call.catch((error: unknown) => {
    if (refusalOf(error)?.code !== code) throw error;
  });
}

/** Every procedure of the storefront, as ada would call it with what is hers. */
export function shopperCalls(
  w: World,
): Record<string, (as: ReturnType<World['shopper']>) => Promise<unknown>> {
  return {
    'shop.getStanding': (as) => as.shop.getStanding(),
    'setup.getTerms': (as) => as.setup.getTerms(),
    'setup.start': async (as) =>
      as.setup.start({
        termsVersionId: (await w.shopper('ada').setup.getTerms()).termsVersionId,
        accepted: true,
        uiMode: 'embedded_page',
      }),
    'setup.getResult': (as) => as.setup.getResult({ stripeSessionId: w.adaSession }),
    'setup.listPending': (as) => as.setup.listPending(),
    'portal.open': (as) => as.portal.open(),
    'paymentMethods.list': (as) => as.paymentMethods.list(),
    'paymentMethods.rename': (as) =>
      as.paymentMethods.rename({ paymentMethodId: w.ada.method.id, nickname: 'Mine' }),
    'paymentMethods.setDefault': (as) =>
      as.paymentMethods.setDefault({ paymentMethodId: w.ada.method.id }),
    'paymentMethods.update': (as) =>
      as.paymentMethods.update({ paymentMethodId: w.ada.method.id, expiry: null, billing }),
    'paymentMethods.getRemoval': (as) =>
      as.paymentMethods.getRemoval({ paymentMethodId: w.ada.method.id }),
    'identity.get': (as) => as.identity.get(),
    'identity.startGuest': (as) => as.identity.startGuest({ email: 'guest@example.com' }),
    'identity.claimOrder': (as) =>
      as.identity.claimOrder({ orderNumber: 'K7MQ-92TX', last4: '4242' }),
    'agreements.list': (as) => as.agreements.list(),
    'agreements.addMethod': (as) =>
      as.agreements.addMethod({ agreementId: w.ada.agreementId, paymentMethodId: w.ada.method.id }),
    'agreements.withdraw': (as) => as.agreements.withdraw({ agreementId: w.ada.agreementId }),
    'payments.list': (as) => as.payments.list(),
    'catalogue.list': (as) => as.catalogue.list(),
    'catalogue.get': (as) => as.catalogue.get({ slug: w.slug }),
    'notices.list': (as) => as.notices.list(),
    'orders.place': (as) => as.orders.place({ slug: w.slug, quantity: 1 }),
    'orders.list': (as) => as.orders.list(),
    'orders.get': (as) => as.orders.get({ orderId: w.adaOrder }),
    'orders.cancel': async (as) => {
      const { id } = await orderWithPlan(w.test.runtime, w.ada.customer, kept);
      return as.orders.cancel({ orderId: id, knowsOfFee: false });
    },
    'checkout.open': (as) => as.checkout.open({ orderId: w.adaOrder }),
    'checkout.start': (as) => as.checkout.start({ orderId: w.adaOrder, uiMode: 'elements' }),
    'checkout.startIntent': (as) => as.checkout.startIntent({ orderId: w.adaOrder }),
    'checkout.payWithSaved': (as) =>
      as.checkout.payWithSaved({
        orderId: w.adaOrder,
        paymentMethodId: w.ada.method.id,
        triesSeen: 0,
      }),
    'checkout.look': (as) => as.checkout.look({ orderId: w.adaOrder }),
    'checkout.getResult': (as) =>
      as.checkout.getResult({ orderId: w.adaOrder, stripeSessionId: w.adaSession }),
    'recovery.get': (as) => as.recovery.get(),
    'recovery.noteOpened': (as) => as.recovery.noteOpened(),
    'recovery.startSameIntent': (as) => as.recovery.startSameIntent(),
    'recovery.startSession': (as) => as.recovery.startSession({ uiMode: 'embedded_page' }),
    'recovery.settleSession': (as) => as.recovery.settleSession({ stripeSessionId: w.adaSession }),
    'recovery.chooseSaved': (as) => as.recovery.chooseSaved({ paymentMethodId: w.ada.method.id }),
    'recovery.linkOwn': (as) => as.recovery.linkOwn({ paymentId: w.paymentId }),
    'paymentMethods.detach': (as) => as.paymentMethods.detach({ paymentMethodId: w.ada.method.id }),
  };
}

/** Every procedure of the admin. */
export function staffCalls(
  w: World,
): Record<string, (as: ReturnType<World['staff']>) => Promise<unknown>> {
  return {
    'customers.find': (as) => as.customers.find({ email: 'ada' }),
    'customers.get': (as) => as.customers.get({ customerId: w.ada.customer.id }),
    'customers.erase': async (as) => {
      const { id, email } = await guestNamed(w.test.runtime, newId('customer'));
      return as.customers.erase({ customerId: id, email });
    },
    'payments.openCharge': (as) => as.payments.openCharge({ customerId: w.ada.customer.id }),
    'payments.findByChargeRequest': (as) =>
      as.payments.findByChargeRequest({
        chargeRequestId: w.chargeRequestId,
        customerId: w.ada.customer.id,
      }),
    'payments.charge': (as) =>
      as.payments.charge(w.charge({ chargeRequestId: w.chargeRequestId, amount: '11.00' })),
    'payments.get': (as) => as.payments.get({ paymentId: w.paymentId }),
    'payments.list': (as) => as.payments.list(),
    'payments.endHold': async (as) => {
      const { orderId } = await holdForOrder(w.test, w.ada.customer);
      const [held] = await listOrderPayments(w.test.runtime.db, orderId);
      const end = { paymentId: held?.id ?? '', how: 'capture', reason: 'In stock' } as const;
      return as.payments.endHold(end);
    },
    'payments.changeHoldEnd': async (as) => {
      const hold = w.charge({ amount: '13.00', hold: 'release' });
      const { payment } = await w.staff('owner').payments.charge(hold);
      return as.payments.changeHoldEnd({ paymentId: payment.id, holdEnd: 'renew' });
    },
    'payments.raiseHold': async (as) => {
      const hold = w.charge({ amount: '14.00', hold: 'release' });
      const { payment } = await w.staff('owner').payments.charge(hold);
      return as.payments.raiseHold({ paymentId: payment.id, amount: '15.00', reason });
    },
    'payments.listHolds': (as) => as.payments.listHolds({ withinHours: 48 }),
    'orders.list': (as) => as.orders.list(),
    'orders.get': (as) => as.orders.get({ orderId: w.adaOrder }),
    'orders.endHold': async (as) => {
      const { orderId } = await holdForOrder(w.test, w.ada.customer);
      return as.orders.endHold({ orderId, end: 'capture' });
    },
    'orders.cancelRemainder': async (as) => {
      const { id } = await orderWithPlan(w.test.runtime, w.ada.customer, { kind: 'full' });
      return as.orders.cancelRemainder({ orderId: id, reason });
    },
    'orders.cancelReservation': async (as) => {
      const { id, placedAt } = await orderWithPlan(w.test.runtime, w.ada.customer, kept);
      const noticeAt = minuteInShop(w.test.runtime, placedAt);
      return as.orders.cancelReservation({ orderId: id, noticeAt, waive: false, reason });
    },
    'orders.chargeFee': async (as) => {
      // Not ada's: the card that is kept for it would take the place of hers.
      const { id } = await reservationKept(w.test, await customerNamed(w.test.runtime, 'fay'));
      const change = { eventAt: w.test.clock.now() - dayMs };
      await updateOrder(w.test.runtime.db, { id, change });
      return as.orders.chargeFee({ kind: 'no_show', orderId: id });
    },
    'owed.list': (as) => as.owed.list({ filter: 'scheduled' }),
    'owed.reschedule': async (as) => {
      const day = new Date(w.test.runtime.clock.now() + 20 * dayMs).toISOString().slice(0, 10);
      return as.owed.reschedule({ ...(await balance(w)), day });
    },
    'owed.changeAmount': async (as) =>
      as.owed.changeAmount({ ...(await balance(w)), amount: '0.75' }),
    'owed.pause': async (as) => as.owed.pause(await balance(w)),
    'owed.resume': async (as) => as.owed.resume(await balance(w)),
    'owed.skip': async (as) => as.owed.skip(await balance(w)),
    'owed.chargeNow': async (as) => as.owed.chargeNow({ ...(await balance(w)), triesSeen: 0 }),
    'owed.writeOff': async (as) => as.owed.writeOff(await balance(w, -1)),
    'recovery.copyLink': (as) => as.recovery.copyLink({ paymentId: w.owedPaymentId }),
    'recovery.sendLink': (as) => as.recovery.sendLink({ paymentId: w.owedPaymentId }),
    'recovery.revokeLink': (as) => as.recovery.revokeLink({ paymentId: w.owedPaymentId }),
    'doctor.get': (as) => as.doctor.get(),
    ...eventCalls(w),
    'environment.get': (as) => as.environment.get(),
    'environment.decide': (as) =>
      unless('environment_not_foreign', as.environment.decide({ verdict: 'copy', account: 'x' })),
    'policies.list': (as) => as.policies.list(),
    'policies.get': (as) => as.policies.get(terms),
    'policies.saveDraft': (as) => as.policies.saveDraft({ ...terms, ...draft }),
    'policies.publish': async (as) => {
      const { savedAt } = await w.staff('owner').policies.saveDraft({
        ...terms,
        ...draft,
        sections: [{ heading: 'What may be charged', text: newId('chargeRequest') }],
      });
      return as.policies.publish({ ...terms, draftSavedAt: savedAt });
    },
    'policies.discardDraft': (as) => as.policies.discardDraft(terms),
    ...refundCalls(w),
    ...disputeCalls(w),
    'mail.list': (as) => as.mail.list(),
    'mail.get': (as) => as.mail.get({ mailId: w.mailId }),
    'mail.retry': (as) => as.mail.retry({ mailId: w.mailId }),
  };
}
