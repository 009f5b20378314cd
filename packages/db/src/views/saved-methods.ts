import type { Db, Instant, PaymentMethodStatus, Row } from '../database.ts';

/** A payment that waits to be charged to a method. */
export interface WaitingPayment extends Pick<
  Row<'payments'>,
  'id' | 'kind' | 'amountMinor' | 'currency' | 'reason' | 'dueAt' | 'paymentMethodId'
> {
  orderNumber: string | null;
}

export interface SavedMethodView {
  id: string;
  type: string;
  brand: string | null;
  last4: string | null;
  bankName: string | null;
  wallet: string | null;
  nickname: string | null;
  expMonth: number | null;
  expYear: number | null;
  bankUpdatedAt: Instant | null;
  mandateStatus: string | null;
  /** Since when it may not be charged, because a payment with it is disputed. */
  frozenAt: Instant | null;
  allowRedisplay: string | null;
  billingDetails: string | null;
  isDefault: boolean;
  addedAt: Instant;
  status: PaymentMethodStatus;
  /** The agreements that name it, newest first. */
  agreements: Pick<
    Row<'agreements'>,
    'id' | 'purpose' | 'status' | 'acceptedAt' | 'capAmountMinor' | 'currency'
  >[];
  /** What waits to be charged to it, in the order in which it falls due. */
  waiting: WaitingPayment[];
}

interface Which {
  detachedToo: boolean;
  page?: { limit: number; offset: number };
}

/**
 * A customer's methods, the default first, then newest first; without those that are gone unless
 * asked for, and without those that became part of another.
 */
export async function listSavedMethods(
  db: Db,
  customerId: string,
  which: Which,
): Promise<SavedMethodView[]> {
  let query = methodsOf(db, customerId, which)
    .innerJoin('customers', 'customers.id', 'paymentMethods.customerId')
    .selectAll('paymentMethods')
    .select('customers.defaultPaymentMethodId')
    .orderBy((eb) =>
      eb
        .case()
        .when('customers.defaultPaymentMethodId', '=', eb.ref('paymentMethods.id'))
        .then(0)
        .else(1)
        .end(),
    )
    .orderBy('paymentMethods.createdAt', 'desc')
    .orderBy('paymentMethods.id', 'desc');
  if (which.page) query = query.limit(which.page.limit).offset(which.page.offset);
  const methods = await query.execute();
  const ids = methods.map(({ id }) => id);
  const [naming, waiting] = await Promise.all([listNaming(db, ids), listWaiting(db, ids)]);
  return methods.map((method) => ({
    ...method,
    isDefault: method.id === method.defaultPaymentMethodId,
    addedAt: method.createdAt,
    agreements: naming.filter((row) => row.paymentMethodId === method.id),
    waiting: waiting.filter((row) => row.paymentMethodId === method.id),
  }));
}

/** How many {@link listSavedMethods} would list without a page. */
export async function countSavedMethods(db: Db, customerId: string): Promise<number> {
  const { total } = await methodsOf(db, customerId, { detachedToo: false })
    .select((eb) => eb.fn.countAll<number | string>().as('total'))
    .executeTakeFirstOrThrow();
  return Number(total);
}

function methodsOf(db: Db, customerId: string, which: Pick<Which, 'detachedToo'>) {
  const query = db.selectFrom('paymentMethods').where('paymentMethods.customerId', '=', customerId);
  if (which.detachedToo) return query;
  return query
    .where('paymentMethods.status', '!=', 'detached')
    .where('paymentMethods.mergedIntoId', 'is', null);
}

async function listNaming(db: Db, methodIds: string[]) {
  if (methodIds.length === 0) return [];
  return db
    .selectFrom('agreementMethods')
    .innerJoin('agreements', 'agreements.id', 'agreementMethods.agreementId')
    .select([
      'agreements.id',
      'agreements.purpose',
      'agreements.status',
      'agreements.acceptedAt',
      'agreements.capAmountMinor',
      'agreements.currency',
      'agreementMethods.paymentMethodId',
    ])
    .where('agreementMethods.paymentMethodId', 'in', methodIds)
    .orderBy('agreements.acceptedAt', 'desc')
    .execute();
}

/** What waits for its day or for another try with one of these methods. */
async function listWaiting(db: Db, methodIds: string[]): Promise<WaitingPayment[]> {
  if (methodIds.length === 0) return [];
  return db
    .selectFrom('payments')
    .leftJoin('orders', 'orders.id', 'payments.orderId')
    .select([
      'payments.id',
      'payments.kind',
      'payments.amountMinor',
      'payments.currency',
      'payments.reason',
      'payments.dueAt',
      'payments.paymentMethodId',
      'orders.number as orderNumber',
    ])
    .where('payments.paymentMethodId', 'in', methodIds)
    .where('payments.status', 'in', ['scheduled', 'requires_payment_method'])
    .orderBy('payments.dueAt')
    .orderBy('payments.id')
    .execute();
}

export type MethodChoice = Pick<
  Row<'paymentMethods'>,
  | 'id'
  | 'type'
  | 'brand'
  | 'last4'
  | 'bankName'
  | 'wallet'
  | 'nickname'
  | 'expMonth'
  | 'expYear'
  | 'bankUpdatedAt'
  | 'mandateStatus'
>;

const maxChoices = 100;

/** The methods that a customer may choose among for later charges, the default first. */
export async function listMethodChoices(db: Db, customerId: string): Promise<MethodChoice[]> {
  const methods = await listSavedMethods(db, customerId, {
    detachedToo: false,
    page: { limit: maxChoices, offset: 0 },
  });
  return methods.filter(
    ({ status, mandateStatus }) => status === 'attached' && mandateStatus !== 'inactive',
  );
}
