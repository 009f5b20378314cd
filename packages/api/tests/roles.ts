/** What moves money, or decides about it: for chargers. */
export const moving = [
  'payments.openCharge',
  'payments.charge',
  'orders.endHold',
  'orders.cancelRemainder',
  'orders.cancelReservation',
  'orders.chargeFee',
  'owed.reschedule',
  'owed.changeAmount',
  'owed.pause',
  'owed.resume',
  'owed.skip',
  'owed.chargeNow',
  'owed.writeOff',
  'payments.endHold',
  'payments.changeHoldEnd',
  'payments.raiseHold',
  'recovery.copyLink',
  'recovery.sendLink',
  'recovery.revokeLink',
];

/** What gives money back, or says that it is not given back. */
const givingBack = [
  ...['refunds.create', 'refunds.again', 'refunds.cancel', 'refunds.settleOtherwise'],
  ...['disputes.saveEvidence', 'disputes.addFile', 'disputes.submit', 'disputes.accept'],
  'disputes.unfreezeMethod',
];

/** What changes what is asked of shoppers, gives them money back or erases them: for owners. */
export const setting = [
  ...givingBack,
  'customers.erase',
  'policies.saveDraft',
  'policies.publish',
  'policies.discardDraft',
  'mail.retry',
  'environment.decide',
  'events.replay',
  'events.backFill',
  'drift.start',
  'endpoint.mend',
];
