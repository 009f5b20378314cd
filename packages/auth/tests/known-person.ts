import type { Row } from '@onfile/db/database.ts';
import { completeSetup } from '@onfile/dev-env/complete-setup.ts';
import { latestMail } from '@onfile/dev-env/latest-mail.ts';
import type { OnFile } from '@onfile/dev-env/save-card.ts';
import { openSetup } from '@onfile/dev-env/save-card.ts';
import { staffCharge } from '@onfile/dev-env/staff-charge.ts';
import type { TestRuntime } from '@onfile/dev-env/test-runtime.ts';
import { findCheckoutSession } from '@onfile/db/tables/checkout-sessions.ts';
import { findPaymentMethod } from '@onfile/db/tables/payment-methods.ts';
import { chargeSavedMethod } from '@onfile/payments/charging/charge-saved-method.ts';
import { ensureCustomer } from '@onfile/payments/customers/ensure-customer.ts';
import { spend } from '@onfile/payments/limits/spend.ts';
import { renamePaymentMethod } from '@onfile/payments/payment-methods/rename-payment-method.ts';
import { updatePaymentMethod } from '@onfile/payments/payment-methods/update-payment-method.ts';
import { settleCheckoutSession } from '@onfile/payments/setup/settle-checkout-session.ts';
import type { ShopperAuth } from '../src/shopper-auth.ts';
import { openBrowser } from './browser-stand-in.ts';
import type { BrowserStandIn } from './browser-stand-in.ts';

/** Everything by which a person in these stories could be known. */
export const traces = {
  email: 'ada.lovelace@analytical.example',
  name: 'Ada Byron Lovelace',
  nickname: 'The countess card',
  phone: '+44 20 5550 1843',
  street: '12 St James Square',
  agreedFrom: '203.0.113.7',
  signedInFrom: '198.51.100.23',
  browser: 'DifferenceEngine/1.0',
  note: 'asked for the room with the loom',
};

export interface KnownPerson {
  customer: Row<'customers'>;
  on: OnFile;
  browser: BrowserStandIn;
}

/**
 * Somebody with an account that a guest of theirs has joined, a card, a nickname for it, an address and a
 * note of staff about them.
 */
export async function knownPerson(
  test: TestRuntime,
  auth: ShopperAuth,
  card: string,
): Promise<KnownPerson> {
  const { runtime } = test;
  const browser = await signIn(test, auth);
  const shopper = await auth.findShopper(browser.headers());
  if (!shopper) throw new Error('nobody is signed in');
  const customer = await ensureCustomer(runtime, shopper);
  await runtime.db
    .updateTable('customers')
    .set({ name: traces.name, locale: 'en' })
    .where('id', '=', customer.id)
    .execute();
  const on = await saveOwnCard(test, { ...customer, name: traces.name }, card);
  const own = { customerId: customer.id, paymentMethodId: on.method.id };
  await renamePaymentMethod(runtime, { ...own, nickname: traces.nickname });
  await runtime.stripe.paymentMethods.update(on.method.stripePaymentMethodId, {
    billing_details: { email: traces.email, phone: traces.phone },
  });
  const address = { line1: traces.street, line2: '', city: 'London', state: '' };
  const billing = { name: traces.name, ...address, postalCode: 'SW1Y 4JH', country: 'GB' };
  await updatePaymentMethod(runtime, { ...own, expiry: null, billing });
  await runtime.db
    .insertInto('notes')
    .values({
      id: 'note_1',
      customerId: customer.id,
      staffId: 'staff-1',
      text: `${traces.name} ${traces.note}`,
      createdAt: test.clock.now(),
    })
    .execute();
  await runtime.db
    .insertInto('customers')
    .values({
      id: 'cust_guest',
      email: traces.email,
      name: traces.name,
      claimedByCustomerId: customer.id,
      createdAt: test.clock.now(),
      updatedAt: test.clock.now(),
    })
    .execute();
  const by = { account: customer.id, email: traces.email, ip: traces.signedInFrom };
  await spend(runtime, 'add_method', by);
  return { customer, on, browser };
}

/** By a code, from an address and with a browser of their own. */
async function signIn(test: TestRuntime, auth: ShopperAuth): Promise<BrowserStandIn> {
  const browser = openBrowser(auth.handler, test.runtime.settings.storefrontOrigin, {
    headers: { 'user-agent': traces.browser },
    address: traces.signedInFrom,
  });
  const { email } = traces;
  await browser.post('/email-otp/send-verification-otp', { email });
  const { code } = await latestMail(test.runtime.db, 'one_time_code', email);
  await browser.post('/sign-in/email-otp', { email, otp: code });
  // Another code, which is never entered.
  await browser.post('/email-otp/send-verification-otp', { email });
  return browser;
}

async function saveOwnCard(
  test: TestRuntime,
  customer: Row<'customers'>,
  card: string,
): Promise<OnFile> {
  const { runtime } = test;
  const { stripeSessionId, sessionId } = await openSetup(runtime, customer);
  await completeSetup(test, stripeSessionId, card, { email: traces.email });
  const actor = { kind: 'shopper' as const, id: customer.id };
  const result = await settleCheckoutSession(runtime, stripeSessionId, actor);
  if (result?.state !== 'saved') throw new Error('the card was not saved');
  const method = await findPaymentMethod(runtime.db, result.paymentMethodId);
  const session = await findCheckoutSession(runtime.db, sessionId);
  if (!method || !session?.agreementId) throw new Error('what was saved is gone');
  return { customer, method, agreementId: session.agreementId };
}

export async function chargeThem(test: TestRuntime, on: OnFile): Promise<Row<'payments'>> {
  const answer = await chargeSavedMethod(test.runtime, staffCharge(on));
  if (answer.kind === 'duplicate') throw new Error('taken for a duplicate');
  return answer.payment;
}

/** Every table of the database with what its rows say, as text in small letters. */
async function readEverything(test: TestRuntime): Promise<Record<string, string>> {
  const { db } = test.runtime;
  const tables = await db.introspection.getTables();
  const said: Record<string, string> = {};
  for (const { name } of tables) {
    const rows = await db
      .withoutPlugins()
      .selectFrom(name as never)
      .selectAll()
      .execute();
    said[name] = JSON.stringify(rows).toLowerCase();
  }
  return said;
}

/** Where something of the person is found, as `table: trace`. */
export async function findTraces(test: TestRuntime): Promise<string[]> {
  return Object.entries(await readEverything(test)).flatMap(([table, text]) =>
    Object.entries(traces)
      .filter(([, value]) => text.includes(value.toLowerCase()))
      .map(([trace]) => `${table}: ${trace}`),
  );
}
