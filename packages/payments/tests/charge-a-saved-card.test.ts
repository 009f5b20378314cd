import { saveCard } from '@onfile/dev-env/save-card.ts';
import type { OnFile } from '@onfile/dev-env/save-card.ts';
import { staffCharge } from '@onfile/dev-env/staff-charge.ts';
import { describeOnBothDatabases } from '@onfile/dev-env/test-database.ts';
import { openTestRuntime } from '@onfile/dev-env/test-runtime.ts';
import type { TestRuntime } from '@onfile/dev-env/test-runtime.ts';
import { listAttempts } from '@onfile/db/tables/attempts.ts';
import { listAudit } from '@onfile/db/tables/audit-log.ts';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { StaffCharge } from '../src/charging/charge-saved-method.ts';
import { chargeSavedMethod } from '../src/charging/charge-saved-method.ts';
import { detachPaymentMethod } from '../src/payment-methods/detach-payment-method.ts';

describeOnBothDatabases('charging a saved card', (dialect) => {
  let test: TestRuntime;
  beforeEach(async () => {
    test = await openTestRuntime({ dialect });
  });
  afterEach(() => test.close());

  async function charge(on: OnFile, change: Partial<StaffCharge> = {}) {
    const answer = await chargeSavedMethod(test.runtime, staffCharge(on, change));
    if (answer.kind === 'duplicate') throw new Error('taken for a duplicate');
    const attempts = await listAttempts(test.runtime.db, answer.payment.id);
    return { payment: answer.payment, attempts };
  }

  const intentsMade = async () =>
    (await test.control.requests({ method: 'POST', path: '/v1/payment_intents' })).length;

  it('takes 10.99 USD off-session from an ordinary card', async () => {
    const on = await saveCard(test, 'ada', '4242424242424242');
    const { payment, attempts } = await charge(on);
    expect(payment).toMatchObject({ status: 'succeeded', amountReceivedMinor: 1099 });
    expect(attempts).toMatchObject([{ number: 1, status: 'succeeded' }]);
    const [intent] = await test.runtime.stripe.paymentIntents
      .list({ customer: on.customer.stripeCustomerId ?? '' })
      .autoPagingToArray({ limit: 10 });
    expect(intent).toMatchObject({ status: 'succeeded', amount: 1099, setup_future_usage: null });
    const facts = (await listAudit(test.runtime.db, payment.id)).map(({ action }) => action);
    expect(facts).toEqual(['payment.charge_requested', 'payment.succeeded', 'attempt.succeeded']);
  });

  it('keeps a decline with its codes, and the one intent it left behind', async () => {
    const on = await saveCard(test, 'ada', '4000000000000341');
    const { payment, attempts } = await charge(on);
    expect(payment.status).toBe('requires_payment_method');
    expect(attempts).toMatchObject([{ status: 'declined', errorCode: 'card_declined' }]);
    expect(attempts[0]?.stripeChargeId).toMatch(/^ch_/);
    const intents = await test.runtime.db.selectFrom('paymentIntents').selectAll().execute();
    expect(intents).toMatchObject([{ paymentId: payment.id, status: 'requires_payment_method' }]);
  });

  it('says that the bank wants the shopper when a card asks for authentication', async () => {
    const on = await saveCard(test, 'ada', '4000002760003184');
    const { payment, attempts } = await charge(on);
    expect(payment.status).toBe('requires_payment_method');
    expect(attempts).toMatchObject([{ status: 'declined', errorCode: 'authentication_required' }]);
  });

  it('makes one payment of one charge request, clicked twice and reloaded', async () => {
    const on = await saveCard(test, 'ada', '4242424242424242');
    const same = staffCharge(on);
    const click = () => chargeSavedMethod(test.runtime, same);
    const [first, second] = await Promise.all([click(), click()]);
    const third = await click();
    const ids = [first, second, third].map((a) => (a.kind === 'payment' ? a.payment.id : a.kind));
    expect(new Set(ids).size).toBe(1);
    expect(await intentsMade()).toBe(1);
    expect(third).toMatchObject({ payment: { status: 'succeeded' } });
  });

  it('asks once more before the same amount goes to the same customer within a day', async () => {
    const on = await saveCard(test, 'ada', '4242424242424242');
    const { payment } = await charge(on);
    const again = staffCharge(on);
    const answer = await chargeSavedMethod(test.runtime, again);
    expect(answer).toMatchObject({ kind: 'duplicate', earlier: { id: payment.id } });
    expect(await intentsMade()).toBe(1);

    const past = await charge(on, { ...again, goPastPaymentId: payment.id });
    expect(past.payment).toMatchObject({ status: 'succeeded', duplicateOfPaymentId: payment.id });
    const [fact] = await listAudit(test.runtime.db, past.payment.id);
    expect(JSON.parse(fact?.details ?? '{}')).toMatchObject({ wentPastDuplicate: payment.id });

    test.clock.advance(24 * 60 * 60 * 1000 + 1);
    expect((await charge(on)).payment.duplicateOfPaymentId).toBeNull();
  });

  it('refuses a charge request that was issued for another customer', async () => {
    const ada = await saveCard(test, 'ada', '4242424242424242');
    const eve = await saveCard(test, 'eve', '4242424242424242');
    const first = staffCharge(ada);
    await chargeSavedMethod(test.runtime, first);
    const stolen = staffCharge(eve, { chargeRequestId: first.chargeRequestId });
    await expect(chargeSavedMethod(test.runtime, stolen)).rejects.toMatchObject({
      code: 'charge_request_reused',
    });
  });

  it('charges only methods that the agreement names, of this customer, while attached', async () => {
    const ada = await saveCard(test, 'ada', '4242424242424242');
    const second = await saveCard(test, 'ada', '5555555555554444');
    const eve = await saveCard(test, 'eve', '4242424242424242');
    const refused = (change: Partial<StaffCharge>) =>
      chargeSavedMethod(test.runtime, staffCharge(ada, change)).then(
        () => 'charged',
        (error: { code: string; field: string }) => `${error.code} at ${error.field}`,
      );
    expect(await refused({ paymentMethodId: second.method.id })).toBe(
      'agreement_does_not_name_method at paymentMethodId',
    );
    expect(await refused({ paymentMethodId: eve.method.id })).toBe('not_found at paymentMethodId');
    expect(await refused({ agreementId: eve.agreementId })).toBe('not_found at agreementId');
    expect(await refused({ currency: 'eur' })).toBe('agreement_currency_differs at currency');
    expect(await refused({ reason: '   ' })).toBe('reason_missing at reason');
    await detachPaymentMethod(test.runtime, {
      customerId: ada.customer.id,
      paymentMethodId: ada.method.id,
    });
    expect(await refused({})).toBe('payment_method_detached at paymentMethodId');
    expect(await intentsMade()).toBe(0);
  });

  it('never goes above the cap, even when two charges come at once', async () => {
    const on = await saveCard(test, 'ada', '4242424242424242');
    const codes = await Promise.all(
      ['300.00', '300.01'].map((amount) =>
        charge(on, { amount }).then(
          ({ payment }) => payment.status,
          (error: { code: string }) => error.code,
        ),
      ),
    );
    expect(codes.sort()).toEqual(['agreement_cap_exceeded', 'succeeded']);
    expect((await charge(on, { amount: '199.99' })).payment.status).toBe('succeeded');
    await expect(charge(on, { amount: '0.50' })).rejects.toMatchObject({
      code: 'agreement_cap_exceeded',
    });
  });

  it('gives a declined amount’s room under the cap back', async () => {
    const on = await saveCard(test, 'ada', '4000000000000341');
    await charge(on, { amount: '400.00' });
    expect((await charge(on, { amount: '450.00' })).payment.status).toBe('requires_payment_method');
  });
});
