import type { Row } from '@onfile/db/database.ts';
import { guestBuys } from '@onfile/dev-env/guest-buys.ts';
import { saveCard } from '@onfile/dev-env/save-card.ts';
import { staffCharge } from '@onfile/dev-env/staff-charge.ts';
import { describeOnBothDatabases } from '@onfile/dev-env/test-database.ts';
import type { Dialect } from '@onfile/dev-env/test-database.ts';
import { openTestRuntime } from '@onfile/dev-env/test-runtime.ts';
import type { TestRuntime } from '@onfile/dev-env/test-runtime.ts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { chargeSavedMethod } from '../src/charging/charge-saved-method.ts';
import { claimGuestRecords } from '../src/customers/claim-guest-records.ts';
import { claimOrder } from '../src/customers/claim-order.ts';
import { ensureCustomer } from '../src/customers/ensure-customer.ts';
import { ensureGuest } from '../src/customers/ensure-guest.ts';
import { findGuest } from '../src/customers/find-guest.ts';
import { joinProvenGuests } from '../src/customers/join-proven-guests.ts';
import type { Settings } from '../src/settings.ts';

const visa = '4242424242424242';
const mastercard = '5555555555554444';

describeOnBothDatabases('what a guest left', (dialect) => {
  describe.each(['customers', 'accounts_v2'] as const)('with %s', (model) => {
    whatAGuestLeft(dialect, model);
  });
});

function whatAGuestLeft(dialect: Dialect, model: Settings['customers']['model']): void {
  let test: TestRuntime;
  beforeEach(async () => {
    const settings = { customers: { model, accountsVersion: null } };
    test = await openTestRuntime({ dialect, settings });
  });
  afterEach(() => test.close());

  const shopper = (name: string, emailVerified = true) => ({
    userId: `user-${name}`,
    email: `${name}@example.com`,
    name,
    emailVerified,
  });

  const guestNamed = (name: string) =>
    ensureGuest(test.runtime, { guestId: null, email: `${name}@example.com`, name: null });

  async function buys(name: string) {
    const guest = await guestNamed(name);
    return { guest, order: await guestBuys(test, guest, visa) };
  }

  const ownersOf = async (): Promise<string[]> => {
    const { db } = test.runtime;
    const rows = await Promise.all([
      db.selectFrom('orders').select('customerId').execute(),
      db.selectFrom('payments').select('customerId').execute(),
      db.selectFrom('agreements').select('customerId').execute(),
      db.selectFrom('paymentMethods').select('customerId').execute(),
      db.selectFrom('checkoutSessions').select('customerId').execute(),
    ]);
    expect(rows.every((table) => table.length > 0)).toBe(true);
    return [...new Set(rows.flat().map(({ customerId }) => customerId))];
  };

  const customer = (id: string): Promise<Row<'customers'>> =>
    test.runtime.db
      .selectFrom('customers')
      .selectAll()
      .where('id', '=', id)
      .executeTakeFirstOrThrow();

  /** `cus_…` or `acct_…`, by the model. */
  const atStripe = async (id: string): Promise<string | null> => {
    const { stripeAccountId, stripeCustomerId } = await customer(id);
    return model === 'customers' ? stripeCustomerId : stripeAccountId;
  };

  it('joins the account of the same proven address, at Stripe as well, and is written down', async () => {
    const { guest } = await buys('ada');
    const stripeId = await atStripe(guest.id);
    expect(stripeId).toMatch(/^(cus|acct)_/);
    await joinProvenGuests(test.runtime, shopper('ada'), guest.id);
    const account = await ensureCustomer(test.runtime, shopper('ada'));
    expect(await ownersOf()).toEqual([account.id]);
    expect(await atStripe(account.id)).toBe(stripeId);
    expect(await customer(guest.id)).toMatchObject({
      claimedByCustomerId: account.id,
      stripeCustomerId: null,
      stripeAccountId: null,
    });
    expect(await findGuest(test.runtime, guest.id)).toBeUndefined();
    const audit = await test.runtime.db
      .selectFrom('auditLog')
      .selectAll()
      .where('action', '=', 'customer.guest_records_claimed')
      .execute();
    expect(audit).toMatchObject([{ subjectId: account.id, actorId: account.id }]);
    expect(JSON.parse(audit[0]?.details ?? '')).toMatchObject({
      guest: guest.id,
      proof: { kind: 'address' },
    });
  });

  it('can be charged afterwards, also where the account was known at Stripe already', async () => {
    const { customer: before } = await saveCard(test, 'ada', mastercard);
    const { guest } = await buys('ada');
    const guestAtStripe = await atStripe(guest.id);
    await joinProvenGuests(test.runtime, shopper('ada'), guest.id);
    const account = await customer(before.id);
    expect(await atStripe(account.id)).toBe(before.stripeCustomerId ?? before.stripeAccountId);
    const method = await test.runtime.db
      .selectFrom('paymentMethods')
      .selectAll()
      .where('last4', '=', '4242')
      .executeTakeFirstOrThrow();
    expect(method).toMatchObject({ customerId: account.id, stripeOwnerId: guestAtStripe });
    const { agreementId } = await test.runtime.db
      .selectFrom('agreementMethods')
      .select('agreementId')
      .where('paymentMethodId', '=', method.id)
      .executeTakeFirstOrThrow();
    const charge = staffCharge({ customer: account, method, agreementId });
    const answer = await chargeSavedMethod(test.runtime, charge);
    expect(answer).toMatchObject({ kind: 'payment', payment: { status: 'succeeded' } });
  });

  it.each([
    ['was never proven by the guest', 'ada', 'ada', true, false],
    ['is not proven by the account', 'ada', 'ada', false, true],
    ['is another: a typo hands nothing to its owner', 'adda', 'ada', true, true],
  ])('stays with the guest while the address %s', async (_why, typed, name, verified, asGuest) => {
    const { guest } = await buys(typed);
    const guestId = asGuest ? guest.id : null;
    await joinProvenGuests(test.runtime, shopper(name, verified), guestId);
    expect(await ownersOf()).toEqual([guest.id]);
    const accounts = await test.runtime.db
      .selectFrom('customers')
      .selectAll()
      .where('authUserId', 'is not', null)
      .execute();
    const known = accounts.filter((account) => account.stripeCustomerId ?? account.stripeAccountId);
    expect(known).toEqual([]);
  });

  it('goes to nobody who owns the address that was typed by mistake, however they prove it', async () => {
    // ada means her own address and types bob's. bob has an account, proven; later he signs in anew.
    const { guest } = await buys('bob');
    await joinProvenGuests(test.runtime, shopper('bob'), null);
    const bob = await ensureCustomer(test.runtime, shopper('bob'));
    const forced = await claimGuestRecords(test.runtime, {
      guestId: guest.id,
      accountId: bob.id,
      proof: { kind: 'address' },
    });
    expect(forced).toBe(false);
    expect(await ownersOf()).toEqual([guest.id]);
    // ada has her order's number and her card.
    const order = await test.runtime.db
      .selectFrom('orders')
      .select('number')
      .executeTakeFirstOrThrow();
    const ada = await ensureCustomer(test.runtime, shopper('ada'));
    await claimOrder(test.runtime, {
      account: ada,
      orderNumber: order.number.toLowerCase(),
      last4: '4242',
      ipAddress: null,
    });
    expect(await ownersOf()).toEqual([ada.id]);
  });

  it('is guessed at five times a day for one order, whoever guesses', async () => {
    const { order } = await buys('ada');
    const guess = async (name: string, orderNumber: string) => {
      const account = await ensureCustomer(test.runtime, shopper(name));
      const claim = { account, orderNumber, last4: '0000', ipAddress: null };
      return claimOrder(test.runtime, claim).catch((error: { code: string }) => error.code);
    };
    const unknown = await guess('eve-0', 'ZZZZ-9999');
    for (let at = 0; at < 5; at += 1) {
      expect(await guess(`eve-${String(at)}`, order.number)).toBe(unknown);
    }
    expect(await guess('eve-9', order.number)).toBe('too_many_tries');
    const ada = await ensureCustomer(test.runtime, shopper('ada'));
    const right = { account: ada, orderNumber: order.number, last4: '4242', ipAddress: null };
    await expect(claimOrder(test.runtime, right)).rejects.toMatchObject({
      code: 'too_many_tries',
      params: { wait: '24 hours' },
    });
    test.clock.advance(24 * 60 * 60 * 1000 + 1);
    await claimOrder(test.runtime, right);
    expect(await ownersOf()).toEqual([ada.id]);
  });

  it('joins once, whoever asks at the same time', async () => {
    const { guest, order } = await buys('ada');
    const claims = await Promise.allSettled([
      joinProvenGuests(test.runtime, shopper('ada'), guest.id),
      ...['eve', 'mal'].map(async (name) =>
        claimOrder(test.runtime, {
          account: await ensureCustomer(test.runtime, shopper(name)),
          orderNumber: order.number,
          last4: '4242',
          ipAddress: null,
        }),
      ),
    ]);
    expect(claims).toHaveLength(3);
    const owners = await ownersOf();
    expect(owners).toHaveLength(1);
    expect(owners).toEqual([(await customer(guest.id)).claimedByCustomerId]);
  });

  it('is found again in the same browser, and not by the next person at it', async () => {
    const guest = await guestNamed('ada');
    const ask = { guestId: guest.id, name: null };
    const same = await ensureGuest(test.runtime, { ...ask, email: ' Ada@Example.com' });
    expect(same.id).toBe(guest.id);
    const next = await ensureGuest(test.runtime, { ...ask, email: 'bob@example.com' });
    expect(next.id).not.toBe(guest.id);
  });
}
