/** What moves money, or decides about it: for chargers. */
export const moving = [
  'payments.openCharge',
  'payments.charge',
  'orders.endHold',
  'orders.cancelRemainder',
  'owed.reschedule',
  'owed.changeAmount',
  'owed.pause',
  'owed.resume',
  'owed.skip',
  'owed.chargeNow',
  'owed.writeOff',
  'payments.endHold',
  'recovery.copyLink',
  'recovery.sendLink',
  'recovery.revokeLink',
];

/** What changes what is asked of shoppers: for owners. */
export const setting = [
  'policies.saveDraft',
  'policies.publish',
  'policies.discardDraft',
  'mail.retry',
];
