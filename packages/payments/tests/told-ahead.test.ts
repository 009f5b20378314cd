import type { Row } from '@onfile/db/database.ts';
import { findPayment } from '@onfile/db/tables/payments.ts';
import { testAccounts } from '@onfile/dev-env/complete-setup.ts';
import { publishTermsIn } from '@onfile/dev-env/publish-terms-in.ts';
import { saveCard } from '@onfile/dev-env/save-card.ts';
import { scheduleBalance } from '@onfile/dev-env/schedule-balance.ts';
import { describeOnBothDatabases } from '@onfile/dev-env/test-database.ts';
import { openTestRuntime } from '@onfile/dev-env/test-runtime.ts';
import type { TestRuntime } from '@onfile/dev-env/test-runtime.ts';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { changeAmount } from '../src/charging/change-amount.ts';
import { chargeDuePayments } from '../src/charging/charge-due-payments.ts';
import { chargeNow } from '../src/charging/charge-now.ts';
import { pausePayment } from '../src/charging/pause-payment.ts';
import { reschedulePayment, dayInShop } from '../src/charging/reschedule-payment.ts';
import { skipPayment } from '../src/charging/skip-payment.ts';
import { noteLocale } from '../src/customers/note-locale.ts';
import type { MailData } from '../src/mail/mail-kinds.ts';
import { renderMail } from '../src/mail/render-mail.ts';
import { tellExpiring } from '../src/mail/tell-expiring.ts';
import { tellUpcoming } from '../src/mail/tell-upcoming.ts';
import { chooseMethodForPayment } from '../src/payment-methods/choose-method-for-payment.ts';
import { findRecovery } from '../src/recovery/find-recovery.ts';
import { recoveryToken } from '../src/recovery/recovery-token.ts';

const dayMs = 24 * 60 * 60 * 1000;
const card = '4242424242424242';

describeOnBothDatabases('shoppers are told ahead', (dialect) => {
  let test: TestRuntime;
  beforeEach(async () => {
    test = await openTestRuntime({ dialect });
  });
  afterEach(() => test.close());

  async function mails<Kind extends 'upcoming_charge' | 'method_expiring'>(
    kind: Kind,
  ): Promise<MailData[Kind][]> {
    const rows = await test.runtime.db
      .selectFrom('outbox')
      .select('data')
      .where('kind', '=', kind)
      .orderBy('createdAt')
      .execute();
    return rows.map(({ data }) => JSON.parse(data) as MailData[Kind]);
  }

  const now = async (payment: Row<'payments'>) => {
    const row = await findPayment(test.runtime.db, payment.id);
    if (!row) throw new Error('the payment is gone');
    return row;
  };
  const tell = () => Promise.all([tellUpcoming(test.runtime), tellUpcoming(test.runtime)]);
  const ask = ({ id }: Row<'payments'>) => ({
    paymentId: id,
    staffId: 'staff-1',
    reason: 'The shopper has called',
  });

  it('of a charge three days before, once by two workers, with a link that pays it', async () => {
    const on = await saveCard(test, 'ada', card);
    const payment = await scheduleBalance(test.runtime, on);
    test.clock.advance(6 * dayMs);
    await tell();
    expect(await mails('upcoming_charge')).toEqual([]);
    test.clock.advance(dayMs + 1_000);
    await tell();
    await tell();
    const [mail, ...others] = await mails('upcoming_charge');
    expect(others).toEqual([]);
    expect(mail).toMatchObject({ amount: '$45.00', reason: 'Balance of order 1001' });
    if (!mail) throw new Error('no mail');
    const { text, html } = renderMail('upcoming_charge', mail, test.runtime.settings, 'en');
    expect(text).toContain('$45.00 to Visa ending in 4242, as you agreed');
    expect(html).toContain('Pay now or change the card');
    const token = recoveryToken(test.runtime.settings.authSecret, mail.linkId);
    expect(await findRecovery(test.runtime, token)).toMatchObject({
      state: 'payable',
      payment: { id: payment.id },
    });
    test.clock.advance(3 * dayMs);
    while ((await chargeDuePayments(test.runtime)) > 0);
    expect(await now(payment)).toMatchObject({ status: 'succeeded' });
  });

  it('in the language that their browser asked for, with its amounts and days', async () => {
    const on = await saveCard(test, 'ada', card);
    await noteLocale(test.runtime.db, on.customer, 'de');
    await scheduleBalance(test.runtime, on, { amountMinor: 123_450, inDays: 3 });
    test.clock.advance(dayMs + 1_000);
    await tell();
    const row = await test.runtime.db
      .selectFrom('outbox')
      .selectAll()
      .where('kind', '=', 'upcoming_charge')
      .executeTakeFirstOrThrow();
    expect(row.locale).toBe('de');
    const data = JSON.parse(row.data) as MailData['upcoming_charge'];
    const { subject, text } = renderMail(
      'upcoming_charge',
      data,
      test.runtime.settings,
      row.locale,
    );
    expect(subject).toMatch(/^1\.234,50\s\$ werden am \w+, \d+\. \S+ \d{4} abgebucht$/u);
    expect(text).toContain('von Visa mit Endziffern 4242 ab, für: Balance of order 1001');
    expect(renderMail('upcoming_charge', data, test.runtime.settings, 'fr').text).toContain(
      'You need not do anything.',
    );
  });

  it('again when it is put on another day; not when it is paused, waived, or was just agreed to', async () => {
    const on = await saveCard(test, 'ada', card);
    const moved = await scheduleBalance(test.runtime, on, { inDays: 3 });
    await tell();
    expect(await mails('upcoming_charge')).toEqual([]);
    const paused = await scheduleBalance(test.runtime, on, { inDays: 3, amountMinor: 100 });
    const waived = await scheduleBalance(test.runtime, on, { inDays: 3, amountMinor: 200 });
    await pausePayment(test.runtime, ask(paused));
    await skipPayment(test.runtime, ask(waived));
    test.clock.advance(dayMs + 1_000);
    await tell();
    // At the shop's hour of that day, which is within three days whatever the hour is now.
    const day = dayInShop(test.runtime, test.runtime.clock.now() + dayMs);
    await reschedulePayment(test.runtime, { ...ask(moved), day });
    await tell();
    await changeAmount(test.runtime, { ...ask(moved), amount: '40.00' });
    await tell();
    const told = await mails('upcoming_charge');
    expect(told.map(({ paymentId }) => paymentId)).toEqual([moved.id, moved.id, moved.id]);
    expect(told.map(({ amount }) => amount)).toEqual(['$45.00', '$45.00', '$40.00']);
    expect(new Set(told.map((one) => one.day)).size).toBe(2);
  });

  it('of every debit, as early as its scheme asks, and it is not made before', async () => {
    test.runtime.settings.upcomingChargeDays = 0;
    await publishTermsIn(test.runtime, { purpose: 'balances_and_fees', currency: 'eur' });
    const on = await saveCard(test, 'ada', testAccounts.sepa);
    const payment = await scheduleBalance(test.runtime, on, { inDays: 1, currency: 'eur' });
    expect(payment.chargeAt).toBeGreaterThan(payment.dueAt);
    test.clock.advance(dayMs + 1_000);
    while ((await chargeDuePayments(test.runtime)) > 0);
    await expect(chargeNow(test.runtime, { ...ask(payment), triesSeen: 0 })).rejects.toMatchObject({
      code: 'try_too_early',
    });
    await tell();
    expect(await mails('upcoming_charge')).toHaveLength(1);
    test.clock.advance(2 * dayMs - 60_000);
    expect(await chargeDuePayments(test.runtime)).toBe(0);
    test.clock.advance(120_000);
    while ((await chargeDuePayments(test.runtime)) > 0);
    expect(await now(payment)).toMatchObject({ status: 'processing' });
    expect(await mails('upcoming_charge')).toHaveLength(1);
  });

  it('of a debit that takes the place of a card which was declined', async () => {
    await publishTermsIn(test.runtime, { purpose: 'balances_and_fees', currency: 'eur' });
    const on = await saveCard(test, 'ada', '4000000000000341');
    const payment = await scheduleBalance(test.runtime, on, { inDays: 0, currency: 'eur' });
    while ((await chargeDuePayments(test.runtime)) > 0);
    expect(await now(payment)).toMatchObject({ status: 'requires_payment_method' });
    const account = await saveCard(test, 'ada', testAccounts.sepa);
    await chooseMethodForPayment(test.runtime, {
      customerId: on.customer.id,
      paymentId: payment.id,
      paymentMethodId: account.method.id,
    });
    await tell();
    expect(await mails('upcoming_charge')).toMatchObject([{ paymentId: payment.id }]);
    test.clock.advance(2 * dayMs + 60_000);
    while ((await chargeDuePayments(test.runtime)) > 0);
    expect(await now(payment)).toMatchObject({ status: 'processing' });
  });

  it('of a card that ends before the next payment, once, within a month of its end', async () => {
    const on = await saveCard(test, 'ada', card);
    const { expMonth, expYear } = on.method;
    if (expMonth === null || expYear === null) throw new Error('a card without an end');
    const lastDay = Date.UTC(expYear, expMonth, 0);
    const inDays = Math.round((lastDay - test.runtime.clock.now()) / dayMs);
    await scheduleBalance(test.runtime, on, { inDays: inDays - 10, amountMinor: 100 });
    await scheduleBalance(test.runtime, on, { inDays: inDays + 40 });
    await tellExpiring(test.runtime);
    test.clock.advance((inDays - 35) * dayMs);
    await tellExpiring(test.runtime);
    expect(await mails('method_expiring')).toEqual([]);
    test.clock.advance(10 * dayMs);
    await Promise.all([tellExpiring(test.runtime), tellExpiring(test.runtime)]);
    await tellExpiring(test.runtime);
    expect(await mails('method_expiring')).toMatchObject([
      { amount: '$45.00', method: 'Visa ending in 4242', expiry: '12/2035' },
    ]);
  });

  it('of no card that nothing waits for', async () => {
    const on = await saveCard(test, 'ada', card);
    const lastDay = Date.UTC(on.method.expYear ?? 0, on.method.expMonth ?? 0, 0);
    test.clock.advance(lastDay - test.runtime.clock.now() - 5 * dayMs);
    expect(await tellExpiring(test.runtime)).toBe(0);
    expect(await mails('method_expiring')).toEqual([]);
  });
});
