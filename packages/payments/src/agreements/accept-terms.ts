import type { Instant, Row, Tx } from '@onfile/db/database.ts';
import { insertAgreement } from '@onfile/db/tables/agreements.ts';
import { findTermsVersion } from '@onfile/db/tables/terms-versions.ts';
import { audit } from '../audit.ts';
import { newId } from '../ids.ts';
import { Refusal } from '../refusal.ts';
import type { Runtime } from '../runtime.ts';
import { capIn } from './terms-caps.ts';
import { currentTerms } from './terms.ts';

/** What a shopper agreed to, and from where. */
export interface Acceptance {
  termsVersionId: string;
  accepted: boolean;
  /** A box of its own: whether the method may be shown again at checkout. */
  redisplay: boolean;
  ipAddress: string | null;
  userAgent: string | null;
}

const dayMs = 24 * 60 * 60 * 1000;

/**
 * The version that a shopper says yes to: it must be the newest of its purpose and locale, or they
 * have read words that no longer hold.
 * @throws Refusal `terms_not_accepted`, `terms_outdated`
 */
export async function requireAccepted(
  runtime: Runtime,
  acceptance: Acceptance,
): Promise<Row<'termsVersions'>> {
  if (!acceptance.accepted) throw new Refusal('terms_not_accepted', 'accepted');
  const read = await findTermsVersion(runtime.db, acceptance.termsVersionId);
  if (!read) throw new Refusal('terms_outdated', 'termsVersionId');
  const newest = await currentTerms(runtime, read);
  if (newest.id !== acceptance.termsVersionId) {
    throw new Refusal('terms_outdated', 'termsVersionId');
  }
  return newest;
}

/**
 * Writes the agreement, pending until a method is saved under it, with the hash of the exact words,
 * in the transaction of what it is made for.
 * @throws Refusal `terms_without_currency` where the terms allow no charges in it
 */
export async function writeAgreement(
  tx: Tx,
  runtime: Runtime,
  made: {
    customerId: string;
    terms: Row<'termsVersions'>;
    acceptance: Acceptance;
    /** What it is to be charged in: the order's currency, or the first of the terms. */
    currency: string;
    orderId: string | null;
    sessionId: string;
  },
): Promise<Row<'agreements'>> {
  const now = runtime.clock.now();
  const agreement = pendingAgreement(made, now);
  await insertAgreement(tx, agreement);
  await audit(tx, runtime.clock, {
    actor: { kind: 'shopper', id: made.customerId },
    action: 'agreement.accepted',
    subject: { kind: 'agreement', id: agreement.id },
    details: {
      termsVersion: made.terms.version,
      termsHash: made.terms.textHash,
      session: made.sessionId,
      redisplay: made.acceptance.redisplay,
    },
  });
  return agreement;
}

function pendingAgreement(
  made: {
    customerId: string;
    terms: Row<'termsVersions'>;
    acceptance: Acceptance;
    currency: string;
    orderId: string | null;
  },
  now: Instant,
): Row<'agreements'> {
  const { terms, acceptance, currency } = made;
  const capAmountMinor = capIn(terms, currency);
  if (capAmountMinor === null) {
    throw new Refusal('terms_without_currency', 'termsVersionId', {
      currency: currency.toUpperCase(),
    });
  }
  return {
    id: newId('agreement'),
    customerId: made.customerId,
    termsVersionId: terms.id,
    termsHash: terms.textHash,
    purpose: terms.purpose,
    locale: terms.locale,
    capAmountMinor,
    currency,
    status: 'pending',
    acceptedAt: now,
    usage: terms.usage,
    redisplay: acceptance.redisplay ? 1 : 0,
    orderId: made.orderId,
    validUntil: terms.validDays === null ? null : now + terms.validDays * dayMs,
    ipAddress: acceptance.ipAddress,
    userAgent: acceptance.userAgent,
    withdrawnAt: null,
  };
}
