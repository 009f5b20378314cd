import type { Db, Instant, Row } from '../database.ts';
import type { PersonRecords } from '../views/person-records.ts';

/** What stands where the address of an erased person stood: nothing is sent to it. */
export const erasedAddress = 'erased';

/** Later than any answer of Stripe's: what it says of a method is not written any more. */
const forever: Instant = 8_640_000_000_000_000;

/**
 * Overwrites what tells who somebody was, while their customer rows are held. What the books need
 * stays: amounts, days, statuses, ids, which words were agreed to and when; of a method what it is
 * called on a bank's letter (brand, last four digits), because a dispute may still come.
 */
export async function erasePerson(db: Db, customerIds: string[], now: Instant): Promise<void> {
  await db
    .updateTable('customers')
    .set({
      authUserId: null,
      email: erasedAddress,
      name: null,
      emailProvenAt: null,
      locale: null,
      defaultPaymentMethodId: null,
      updatedAt: now,
    })
    .where('id', 'in', customerIds)
    .execute();
  await db
    .updateTable('customers')
    .set({ erasedAt: now })
    .where('id', 'in', customerIds)
    .where('erasedAt', 'is', null)
    .execute();
  await db
    .updateTable('paymentMethods')
    .set({
      nickname: null,
      billingDetails: null,
      bankName: null,
      expMonth: null,
      expYear: null,
      country: null,
      fingerprint: null,
      asOf: forever,
      updatedAt: now,
    })
    .where('customerId', 'in', customerIds)
    .execute();
  await db
    .updateTable('agreements')
    .set({ ipAddress: null, userAgent: null })
    .where('customerId', 'in', customerIds)
    .execute();
  await db
    .updateTable('checkoutSessions')
    .set({ methodHint: null })
    .where('customerId', 'in', customerIds)
    .execute();
  await db.deleteFrom('notes').where('customerId', 'in', customerIds).execute();
}

/** Ends the links by which they could still pay what was given up. */
export async function revokeLinks(
  db: Db,
  links: PersonRecords['recoveryLinks'],
  now: Instant,
): Promise<void> {
  for (const { id } of links.filter(({ revokedAt }) => revokedAt === null)) {
    await db.updateTable('recoveryLinks').set({ revokedAt: now }).where('id', '=', id).execute();
  }
}

/**
 * Mails to them and about them: what has not gone out never will, of the others it stays known that
 * they were sent, and when.
 */
export async function eraseMails(db: Db, mails: Row<'outbox'>[]): Promise<void> {
  for (const mail of mails) {
    if (mail.status === 'pending' || mail.status === 'dead') {
      await db.deleteFrom('outbox').where('id', '=', mail.id).execute();
      continue;
    }
    const isToStaff = mail.kind.endsWith('_staff');
    await db
      .updateTable('outbox')
      .set({
        // What was kept for the admin to show has nothing to show any more.
        status: 'sent',
        data: '{}',
        subject: null,
        lastError: null,
        ...(!isToStaff && { toAddress: erasedAddress }),
      })
      .where('id', '=', mail.id)
      .execute();
  }
}

/** Takes the evidence out of disputes; the files themselves are at Stripe. */
export async function eraseEvidence(db: Db, disputes: Row<'disputes'>[]): Promise<void> {
  for (const { id } of disputes) {
    await db
      .updateTable('disputes')
      .set({ evidence: '{}', evidenceFiles: '[]' })
      .where('id', '=', id)
      .execute();
  }
}

/** Texts that stay, but not as they were; by table, what they become. */
export interface ChangedTexts {
  attempts: Pick<Row<'attempts'>, 'id' | 'request'>[];
  stripeOperations: Pick<Row<'stripeOperations'>, 'id' | 'request'>[];
  payments: Pick<Row<'payments'>, 'id' | 'reason'>[];
  refunds: Pick<Row<'refunds'>, 'id' | 'note' | 'settledOtherwiseNote'>[];
}

export async function writeTexts(db: Db, texts: ChangedTexts): Promise<void> {
  for (const { id, request } of texts.attempts) {
    await db.updateTable('attempts').set({ request }).where('id', '=', id).execute();
  }
  for (const { id, request } of texts.stripeOperations) {
    await db.updateTable('stripeOperations').set({ request }).where('id', '=', id).execute();
  }
  for (const { id, reason } of texts.payments) {
    await db.updateTable('payments').set({ reason }).where('id', '=', id).execute();
  }
  for (const { id, note, settledOtherwiseNote } of texts.refunds) {
    await db
      .updateTable('refunds')
      .set({ note, settledOtherwiseNote })
      .where('id', '=', id)
      .execute();
  }
}
