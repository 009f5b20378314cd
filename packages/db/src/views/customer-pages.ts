import { sql } from 'kysely';
import type { Db, Row } from '../database.ts';
import { sumUnderAgreement } from '../tables/payments.ts';

const maxFound = 20;

export interface FoundCustomer {
  id: string;
  email: string;
  name: string | null;
  createdAt: number;
  methodCount: number;
}

/**
 * Customers whose e-mail contains the text (any case), with how many methods they have on file. Who was
 * erased has none.
 */
export async function findCustomersByEmail(db: Db, text: string): Promise<FoundCustomer[]> {
  const pattern = `%${text.toLowerCase().replaceAll(/[\\%_]/g, (sign) => `\\${sign}`)}%`;
  const rows = await db
    .selectFrom('customers')
    .select((eb) => [
      'customers.id',
      'customers.email',
      'customers.name',
      'customers.createdAt',
      eb
        .selectFrom('paymentMethods')
        .select((count) => count.fn.countAll<number | string>().as('count'))
        .whereRef('paymentMethods.customerId', '=', 'customers.id')
        .where('paymentMethods.status', '=', 'attached')
        .as('methodCount'),
    ])
    .where('customers.erasedAt', 'is', null)
    .where(sql<boolean>`customers.email like ${pattern} escape '\\'`)
    .orderBy('customers.email')
    .limit(maxFound)
    .execute();
  return rows.map((row) => ({ ...row, methodCount: Number(row.methodCount ?? 0) }));
}

export type AgreementView = Row<'agreements'> & {
  /** What counts against its cap, in minor units. */
  usedMinor: number;
  version: number;
  sections: string;
  methodIds: string[];
};

const maxAgreements = 50;

/**
 * A customer's agreements, newest first, each with its words, the methods it names and what was
 * used of it. Those under which nothing was ever saved are left out.
 */
export async function listAgreements(db: Db, customerId: string): Promise<AgreementView[]> {
  const agreements = await db
    .selectFrom('agreements')
    .innerJoin('termsVersions', 'termsVersions.id', 'agreements.termsVersionId')
    .selectAll('agreements')
    .select(['termsVersions.version', 'termsVersions.sections'])
    .where('agreements.customerId', '=', customerId)
    .where('agreements.status', '!=', 'pending')
    .orderBy('agreements.acceptedAt', 'desc')
    .orderBy('agreements.id', 'desc')
    .limit(maxAgreements)
    .execute();
  const named = await db
    .selectFrom('agreementMethods')
    .innerJoin('agreements', 'agreements.id', 'agreementMethods.agreementId')
    .select(['agreementMethods.agreementId', 'agreementMethods.paymentMethodId'])
    .where('agreements.customerId', '=', customerId)
    .execute();
  const used = await Promise.all(agreements.map(({ id }) => sumUnderAgreement(db, id)));
  return agreements.map((agreement, at) => ({
    ...agreement,
    usedMinor: used[at] ?? 0,
    methodIds: named
      .filter((row) => row.agreementId === agreement.id)
      .map((row) => row.paymentMethodId),
  }));
}
