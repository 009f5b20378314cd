import type { Db, Row } from '../database.ts';
import { sumUnderAgreement } from '../tables/payments.ts';

export type AgreementPayment = Pick<
  Row<'payments'>,
  'id' | 'kind' | 'amountMinor' | 'currency' | 'reason' | 'status' | 'dueAt' | 'createdAt'
> & {
  /** Whether a try with it is under way right now. */
  isBeingTried: boolean;
};

export type AgreementMethod = Pick<
  Row<'paymentMethods'>,
  'id' | 'type' | 'brand' | 'last4' | 'bankName' | 'wallet' | 'nickname' | 'status'
> &
  Pick<Row<'agreementMethods'>, 'addedAt' | 'addedBy'>;

export type ShoppersAgreement = Row<'agreements'> & {
  version: number;
  sections: string;
  /** What counts against its cap, in minor units. */
  usedMinor: number;
  methods: AgreementMethod[];
  /** Succeeded ones, newest first, the newest 20. */
  charged: AgreementPayment[];
  chargedCount: number;
  /** Everything under it that is neither paid nor over, in the order in which it falls due. */
  open: AgreementPayment[];
};

/** A page of a customer's agreements: those that hold first, then newest first. */
export async function listShoppersAgreements(
  db: Db,
  customerId: string,
  page: { limit: number; offset: number },
): Promise<ShoppersAgreement[]> {
  const agreements = await agreementsOf(db, customerId)
    .innerJoin('termsVersions', 'termsVersions.id', 'agreements.termsVersionId')
    .selectAll('agreements')
    .select(['termsVersions.version', 'termsVersions.sections'])
    .orderBy('agreements.status')
    .orderBy('agreements.acceptedAt', 'desc')
    .orderBy('agreements.id', 'desc')
    .limit(page.limit)
    .offset(page.offset)
    .execute();
  return Promise.all(
    agreements.map(async (agreement) => ({
      ...agreement,
      usedMinor: await sumUnderAgreement(db, agreement.id),
      methods: await listMethods(db, agreement.id),
      ...(await listPaymentsUnder(db, agreement.id)),
    })),
  );
}

/** How many agreements a customer has made, withdrawn ones included. */
export async function countShoppersAgreements(db: Db, customerId: string): Promise<number> {
  const { total } = await agreementsOf(db, customerId)
    .select((eb) => eb.fn.countAll<number | string>().as('total'))
    .executeTakeFirstOrThrow();
  return Number(total);
}

/** Those under which nothing was ever saved are nothing to show. */
function agreementsOf(db: Db, customerId: string) {
  return db
    .selectFrom('agreements')
    .where('agreements.customerId', '=', customerId)
    .where('agreements.status', '!=', 'pending');
}

function listMethods(db: Db, agreementId: string): Promise<AgreementMethod[]> {
  return db
    .selectFrom('agreementMethods')
    .innerJoin('paymentMethods', 'paymentMethods.id', 'agreementMethods.paymentMethodId')
    .select([
      'paymentMethods.id',
      'paymentMethods.type',
      'paymentMethods.brand',
      'paymentMethods.last4',
      'paymentMethods.bankName',
      'paymentMethods.wallet',
      'paymentMethods.nickname',
      'paymentMethods.status',
      'agreementMethods.addedAt',
      'agreementMethods.addedBy',
    ])
    .where('agreementMethods.agreementId', '=', agreementId)
    .where('paymentMethods.mergedIntoId', 'is', null)
    .orderBy('agreementMethods.addedAt')
    .execute();
}

const maxCharged = 20;

async function listPaymentsUnder(
  db: Db,
  agreementId: string,
): Promise<Pick<ShoppersAgreement, 'charged' | 'chargedCount' | 'open'>> {
  const charged = await paymentsUnder(db, agreementId)
    .where('payments.status', '=', 'succeeded')
    .orderBy('payments.createdAt', 'desc')
    .limit(maxCharged)
    .execute();
  const open = await paymentsUnder(db, agreementId)
    .where('payments.status', 'in', [
      'scheduled',
      'requires_payment_method',
      'requires_action',
      'processing',
      'requires_capture',
    ])
    .orderBy('payments.dueAt')
    .execute();
  const { total } = await db
    .selectFrom('payments')
    .select((eb) => eb.fn.countAll<number | string>().as('total'))
    .where('agreementId', '=', agreementId)
    .where('status', '=', 'succeeded')
    .executeTakeFirstOrThrow();
  return {
    charged: charged.map(asPayment),
    chargedCount: Number(total),
    open: open.map(asPayment),
  };
}

function paymentsUnder(db: Db, agreementId: string) {
  return db
    .selectFrom('payments')
    .select((eb) => [
      'payments.id',
      'payments.kind',
      'payments.amountMinor',
      'payments.currency',
      'payments.reason',
      'payments.status',
      'payments.dueAt',
      'payments.createdAt',
      eb
        .selectFrom('attempts')
        .select((count) => count.fn.countAll<number | string>().as('count'))
        .whereRef('attempts.paymentId', '=', 'payments.id')
        .where('attempts.status', '=', 'open')
        .as('openAttempts'),
    ])
    .where('payments.agreementId', '=', agreementId);
}

function asPayment<Payment extends { openAttempts: number | string | null }>(
  row: Payment,
): Omit<Payment, 'openAttempts'> & { isBeingTried: boolean } {
  const { openAttempts, ...payment } = row;
  return { ...payment, isBeingTried: Number(openAttempts ?? 0) > 0 };
}
