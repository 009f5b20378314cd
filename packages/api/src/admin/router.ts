import { admin } from '../trpc.ts';
import { eraseCustomer } from './customers/erase-customer.ts';
import { findCustomers } from './customers/find-customers.ts';
import { getCustomer } from './customers/get-customer.ts';
import { getDoctor } from './doctor/get-doctor.ts';
import { acceptDispute } from './disputes/accept-dispute.ts';
import { addFile } from './disputes/add-file.ts';
import { getDispute } from './disputes/get-dispute.ts';
import { listDisputes } from './disputes/list-disputes.ts';
import { saveEvidence } from './disputes/save-evidence.ts';
import { submitEvidence } from './disputes/submit-evidence.ts';
import { unfreezeMethod } from './disputes/unfreeze-method.ts';
import { getDrift, startDrift } from './drift/drift.ts';
import { checkEndpoint, mendEndpoint } from './endpoint/endpoint.ts';
import { listBackFills, startBackFill } from './events/back-fill.ts';
import { getEvent } from './events/get-event.ts';
import { listEvents } from './events/list-events.ts';
import { replayEvents } from './events/replay-events.ts';
import { decide } from './environment/decide.ts';
import { get as getEnvironment } from './environment/get.ts';
import { getMail } from './mail/get-mail.ts';
import { listMails } from './mail/list-mails.ts';
import { retryMail } from './mail/retry-mail.ts';
import { cancelReservation } from './orders/cancel-reservation.ts';
import { chargeFee } from './orders/charge-fee.ts';
import { cancelRemainder } from './orders/cancel-remainder.ts';
import { endHold } from './orders/end-hold.ts';
import { endHold as endHeldPayment } from './payments/end-hold.ts';
import { getOrder } from './orders/get-order.ts';
import { listOrders } from './orders/list-orders.ts';
import { changeAmount } from './owed/change-amount.ts';
import { chargeNow } from './owed/charge-now.ts';
import { listOwedPayments } from './owed/list-owed-payments.ts';
import { pause } from './owed/pause.ts';
import { reschedule } from './owed/reschedule.ts';
import { resume } from './owed/resume.ts';
import { skip } from './owed/skip.ts';
import { writeOff } from './owed/write-off.ts';
import { changeHoldEnd } from './payments/change-hold-end.ts';
import { charge } from './payments/charge.ts';
import { findByChargeRequest } from './payments/find-by-charge-request.ts';
import { getPayment } from './payments/get-payment.ts';
import { raiseHold } from './payments/raise-hold.ts';
import { listHolds } from './payments/list-holds.ts';
import { listPayments } from './payments/list-payments.ts';
import { openCharge } from './payments/open-charge.ts';
import { copyLink } from './recovery/copy-link.ts';
import { revokeLink } from './recovery/revoke-link.ts';
import { sendLink } from './recovery/send-link.ts';
import { discardDraft } from './policies/discard-draft.ts';
import { getTerms } from './policies/get-terms.ts';
import { listTerms } from './policies/list-terms.ts';
import { publish } from './policies/publish.ts';
import { saveDraft } from './policies/save-draft.ts';
import { cancelRefund } from './refunds/cancel-refund.ts';
import { createRefund } from './refunds/create-refund.ts';
import { listOwed } from './refunds/list-owed.ts';
import { listRefunds } from './refunds/list-refunds.ts';
import { refundAgain } from './refunds/refund-again.ts';
import { settleOtherwise } from './refunds/settle-otherwise.ts';

const { t } = admin;

/** Everything that staff may ask for. */
export const adminRouter = t.router({
  orders: {
    list: listOrders,
    get: getOrder,
    endHold,
    cancelRemainder,
    cancelReservation,
    chargeFee,
  },
  customers: { find: findCustomers, get: getCustomer, erase: eraseCustomer },
  payments: {
    openCharge,
    findByChargeRequest,
    charge,
    endHold: endHeldPayment,
    changeHoldEnd,
    raiseHold,
    listHolds,
    get: getPayment,
    list: listPayments,
  },
  owed: {
    list: listOwedPayments,
    reschedule,
    changeAmount,
    pause,
    resume,
    skip,
    chargeNow,
    writeOff,
  },
  doctor: { get: getDoctor },
  events: {
    list: listEvents,
    get: getEvent,
    replay: replayEvents,
    backFill: startBackFill,
    listBackFills,
  },
  drift: { get: getDrift, start: startDrift },
  endpoint: { check: checkEndpoint, mend: mendEndpoint },
  environment: { get: getEnvironment, decide },
  recovery: { copyLink, sendLink, revokeLink },
  policies: { list: listTerms, get: getTerms, saveDraft, discardDraft, publish },
  refunds: {
    list: listRefunds,
    listOwed,
    create: createRefund,
    again: refundAgain,
    cancel: cancelRefund,
    settleOtherwise,
  },
  disputes: {
    list: listDisputes,
    get: getDispute,
    saveEvidence,
    addFile,
    submit: submitEvidence,
    accept: acceptDispute,
    unfreezeMethod,
  },
  mail: { list: listMails, get: getMail, retry: retryMail },
});

export type AdminRouter = typeof adminRouter;

/** Calls procedures from the server's own code, without HTTP. */
export const createAdminCaller = t.createCallerFactory(adminRouter);
