import type Stripe from 'stripe';
import type { Row } from '@onfile/db/database.ts';
import { findPaymentMethodByStripeId } from '@onfile/db/tables/payment-methods.ts';
import { attachedMethods, customersToCompare } from '@onfile/db/views/rows-to-compare.ts';
import { stripeOwner } from '../customers/stripe-owner.ts';
import { paymentMethodFacts } from '../payment-methods/payment-method-facts.ts';
import { syncPaymentMethod } from '../payment-methods/sync-payment-method.ts';
import type { Runtime } from '../runtime.ts';
import { orMissing } from '../stripe/or-missing.ts';
import { stripeOwnerOf } from '../stripe/stripe-id.ts';
import type { Difference } from './note-finding.ts';
import type { HeldRun } from './held-run.ts';
import { noteFinding } from './note-finding.ts';
import type { Page } from './page.ts';
import { partOfCustomers, readAll } from './page.ts';

/** What is attached to each customer at Stripe, and what we think is. */
export async function compareMethods(runtime: Runtime, run: HeldRun): Promise<Page> {
  const part = await partOfCustomers(runtime, run);
  const { rows, last } = await customersToCompare(runtime.db, part);
  for (const customer of rows) await compareCustomer(runtime, run, customer);
  return { checked: rows.length, last };
}

async function compareCustomer(
  runtime: Runtime,
  run: HeldRun,
  customer: Row<'customers'>,
): Promise<void> {
  const owner = stripeOwner(customer);
  if (!owner) return;
  await run.keep();
  const asOf = runtime.clock.now();
  const list = runtime.stripe.paymentMethods.list({ ...owner, limit: 100 });
  // Of a customer that was deleted nothing is listed; each method is asked for by itself then.
  const listed = (await orMissing(readAll(run, list))) ?? [];
  const theirs = new Map<string, Stripe.PaymentMethod>(listed.map((method) => [method.id, method]));
  const ours = await attachedMethods(runtime.db, customer.id);
  for (const method of ours) {
    const found = theirs.get(method.stripePaymentMethodId);
    theirs.delete(method.stripePaymentMethodId);
    // One that came with a guest's records is attached to that guest, and asked for by itself.
    await compareMethod(runtime, run, method, found ? { method: found, asOf } : null);
  }
  for (const method of theirs.values()) {
    const known = await findPaymentMethodByStripeId(runtime.db, method.id);
    // Another row's: of a guest whose records have joined an account, or on its way out.
    if (known && (known.status !== 'detached' || known.asOf >= asOf)) continue;
    await noteFinding(runtime, run, {
      kind: 'method_missing_here',
      subject: { kind: 'customer', id: customer.id },
      stripeId: method.id,
      ours: known?.status ?? null,
      stripes: 'attached',
      since: method.created * 1000,
      async repair() {
        await syncPaymentMethod(runtime, { method, asOf, because: run.id });
        const row = await findPaymentMethodByStripeId(runtime.db, method.id);
        return row?.status === 'attached';
      },
    });
  }
}

async function compareMethod(
  runtime: Runtime,
  run: HeldRun,
  row: Row<'paymentMethods'>,
  listed: { method: Stripe.PaymentMethod; asOf: number } | null,
): Promise<void> {
  // On its way out: Stripe has not confirmed yet, and its operation is being finished.
  if (row.status === 'detaching') return;
  const { method, asOf } = listed ?? (await ask(runtime, run, row.stripePaymentMethodId));
  if (!method) {
    await noteFinding(runtime, run, unknownToStripe(row));
    return;
  }
  const isGone = stripeOwnerOf(method) === null;
  const [ours, stripes] = [inShort(row), inShort(paymentMethodFacts(method))];
  if (!isGone && ours === stripes) return;
  // Changed here since Stripe was asked: the answer is the older one.
  const now = await findPaymentMethodByStripeId(runtime.db, method.id);
  if (!now || now.status !== 'attached' || now.asOf > asOf) return;
  await noteFinding(runtime, run, {
    kind: isGone ? 'method_gone_at_stripe' : 'method_differs',
    subject: { kind: 'payment_method', id: row.id },
    stripeId: method.id,
    ours: isGone ? 'attached' : ours,
    stripes: isGone ? 'detached' : stripes,
    since: row.asOf > 0 ? row.asOf : null,
    async repair() {
      await syncPaymentMethod(runtime, { method, asOf, because: run.id });
      const after = await findPaymentMethodByStripeId(runtime.db, method.id);
      return (
        after !== undefined && (isGone ? after.status === 'detached' : inShort(after) === stripes)
      );
    },
  });
}

async function ask(runtime: Runtime, run: HeldRun, id: string) {
  await run.keep();
  const asOf = runtime.clock.now();
  return { asOf, method: await orMissing(runtime.stripe.paymentMethods.retrieve(id)) };
}

/** Nothing that Stripe says would settle it: a person looks whose it is. */
function unknownToStripe(row: Row<'paymentMethods'>): Difference {
  return {
    kind: 'method_gone_at_stripe',
    subject: { kind: 'payment_method', id: row.id },
    stripeId: row.stripePaymentMethodId,
    ours: row.status,
    stripes: null,
    since: null,
    repair: () => Promise.resolve(false),
  };
}

/** What of a method a person would miss if it were wrong. */
function inShort(facts: {
  brand: string | null;
  last4: string | null;
  expMonth: number | null;
  expYear: number | null;
}): string {
  const { brand, last4, expMonth, expYear } = facts;
  return [brand, last4, expMonth && `${String(expMonth)}/${String(expYear)}`]
    .filter(Boolean)
    .join(' ');
}
