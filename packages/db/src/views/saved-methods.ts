import type { Db, Instant, PaymentMethodStatus, Row } from '../database.ts';

export interface SavedMethodView {
  id: string;
  type: string;
  brand: string | null;
  last4: string | null;
  expMonth: number | null;
  expYear: number | null;
  addedAt: Instant;
  status: PaymentMethodStatus;
  /** The agreements that name it, newest first. */
  agreements: Pick<
    Row<'agreements'>,
    'id' | 'purpose' | 'acceptedAt' | 'capAmountMinor' | 'currency'
  >[];
}

/** A customer's methods, newest first, without those that are gone unless asked for. */
export async function listSavedMethods(
  db: Db,
  customerId: string,
  which: { detachedToo: boolean },
): Promise<SavedMethodView[]> {
  let query = db
    .selectFrom('paymentMethods')
    .selectAll()
    .where('customerId', '=', customerId)
    .orderBy('createdAt', 'desc')
    .orderBy('id', 'desc');
  if (!which.detachedToo) query = query.where('status', '!=', 'detached');
  const [methods, naming] = await Promise.all([query.execute(), listNaming(db, customerId)]);
  return methods.map((method) => ({
    id: method.id,
    type: method.type,
    brand: method.brand,
    last4: method.last4,
    expMonth: method.expMonth,
    expYear: method.expYear,
    addedAt: method.createdAt,
    status: method.status,
    agreements: naming.filter((row) => row.paymentMethodId === method.id),
  }));
}

function listNaming(db: Db, customerId: string) {
  return db
    .selectFrom('agreementMethods')
    .innerJoin('agreements', 'agreements.id', 'agreementMethods.agreementId')
    .select([
      'agreements.id',
      'agreements.purpose',
      'agreements.acceptedAt',
      'agreements.capAmountMinor',
      'agreements.currency',
      'agreementMethods.paymentMethodId',
    ])
    .where('agreements.customerId', '=', customerId)
    .orderBy('agreements.acceptedAt', 'desc')
    .execute();
}
