import { saveCard } from '@onfile/dev-env/save-card.ts';
import { staffCharge } from '@onfile/dev-env/staff-charge.ts';
import { describeOnBothDatabases } from '@onfile/dev-env/test-database.ts';
import { openTestRuntime } from '@onfile/dev-env/test-runtime.ts';
import type { TestRuntime } from '@onfile/dev-env/test-runtime.ts';
import { listAudit } from '@onfile/db/tables/audit-log.ts';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { addMethodToAgreement } from '../src/agreements/add-method-to-agreement.ts';
import { draftTerms, publishTerms } from '../src/agreements/publish-terms.ts';
import type { Cap } from '../src/agreements/terms-caps.ts';
import { currentTerms, firstPurpose, sectionsOf } from '../src/agreements/terms.ts';
import { withdrawAgreement } from '../src/agreements/withdraw-agreement.ts';
import { chargeSavedMethod } from '../src/charging/charge-saved-method.ts';

describeOnBothDatabases('what a shopper agreed to', (dialect) => {
  let test: TestRuntime;
  beforeEach(async () => {
    test = await openTestRuntime({ dialect });
  });
  afterEach(() => test.close());

  const mails = () =>
    test.runtime.db
      .selectFrom('outbox')
      .select(['kind', 'toAddress'])
      .where('kind', '!=', 'method_saved')
      .orderBy('kind')
      .execute();

  it('can be withdrawn: nothing is charged after that, and both sides get a mail, once', async () => {
    const on = await saveCard(test, 'ada', '4242424242424242');
    const withdrawal = { customerId: on.customer.id, agreementId: on.agreementId };
    const first = await withdrawAgreement(test.runtime, withdrawal);
    const second = await withdrawAgreement(test.runtime, withdrawal);
    expect(second.withdrawnAt).toBe(first.withdrawnAt);
    await expect(chargeSavedMethod(test.runtime, staffCharge(on))).rejects.toMatchObject({
      code: 'agreement_not_active',
    });
    expect(await mails()).toEqual([
      { kind: 'agreement_withdrawn', toAddress: 'ada@example.com' },
      { kind: 'agreement_withdrawn_staff', toAddress: 'staff@story.test' },
    ]);
    const facts = await listAudit(test.runtime.db, on.agreementId);
    expect(facts.filter((fact) => fact.action === 'agreement.withdrawn')).toHaveLength(1);
  });

  it('is nobody else’s to withdraw or to add a card to', async () => {
    const on = await saveCard(test, 'ada', '4242424242424242');
    const eve = await saveCard(test, 'eve', '5555555555554444');
    const foreign = { customerId: eve.customer.id, agreementId: on.agreementId };
    await expect(withdrawAgreement(test.runtime, foreign)).rejects.toMatchObject({
      code: 'not_found',
    });
    const addition = { ...foreign, paymentMethodId: eve.method.id };
    await expect(addMethodToAgreement(test.runtime, addition)).rejects.toMatchObject({
      code: 'not_found',
      field: 'agreementId',
    });
  });

  it('names its cards: another one is charged only after the shopper has added it', async () => {
    const on = await saveCard(test, 'ada', '4242424242424242');
    const other = await saveCard(test, 'ada', '5555555555554444');
    const charge = () =>
      chargeSavedMethod(test.runtime, staffCharge(on, { paymentMethodId: other.method.id }));
    await expect(charge()).rejects.toMatchObject({ code: 'agreement_does_not_name_method' });
    await addMethodToAgreement(test.runtime, {
      customerId: on.customer.id,
      agreementId: on.agreementId,
      paymentMethodId: other.method.id,
    });
    expect(await charge()).toMatchObject({ payment: { status: 'succeeded' } });
  });

  it('holds for its time and for its purpose only', async () => {
    const on = await saveCard(test, 'ada', '4242424242424242');
    const change = (columns: { purpose?: string; validUntil?: number }) =>
      test.runtime.db
        .updateTable('agreements')
        .set(columns)
        .where('id', '=', on.agreementId)
        .execute();
    await change({ purpose: 'balances' });
    await expect(chargeSavedMethod(test.runtime, staffCharge(on))).rejects.toMatchObject({
      code: 'agreement_covers_other_purpose',
    });
    await change({ purpose: 'fees', validUntil: test.clock.now() + 60_000 });
    expect(await chargeSavedMethod(test.runtime, staffCharge(on))).toMatchObject({
      payment: { status: 'succeeded' },
    });
    test.clock.advance(60_000);
    await expect(
      chargeSavedMethod(test.runtime, staffCharge(on, { amount: '12.00' })),
    ).rejects.toMatchObject({ code: 'agreement_expired' });
  });

  it('stays as it was accepted when the shop publishes new terms', async () => {
    const { runtime } = test;
    const on = await saveCard(test, 'ada', '4242424242424242');
    const locale = 'en';
    const version1 = await currentTerms(runtime, { purpose: firstPurpose, locale });
    const draft = {
      purpose: firstPurpose,
      locale,
      sections: [...sectionsOf(version1), { heading: 'New', text: 'One more sentence.' }],
      caps: [{ capAmountMinor: 99_000, currency: 'usd' }] as [Cap],
      usage: 'off_session' as const,
      validDays: 365,
      staffId: 'staff-1',
    };
    await draftTerms(runtime, draft);
    expect(await currentTerms(runtime, { purpose: firstPurpose, locale })).toEqual(version1);
    const stale = publishTerms(runtime, { ...draft, draftSavedAt: 1 });
    await expect(stale).rejects.toMatchObject({ code: 'terms_outdated' });
    const version2 = await publishTerms(runtime, draft);
    expect(version2).toMatchObject({ version: 2, capAmountMinor: 99_000 });
    expect(version2.textHash).not.toBe(version1.textHash);
    await draftTerms(runtime, draft);
    await expect(publishTerms(runtime, draft)).rejects.toMatchObject({ code: 'terms_unchanged' });

    const old = await runtime.db
      .selectFrom('agreements')
      .selectAll()
      .where('id', '=', on.agreementId)
      .executeTakeFirstOrThrow();
    expect(old).toMatchObject({
      termsVersionId: version1.id,
      termsHash: version1.textHash,
      capAmountMinor: version1.capAmountMinor,
      validUntil: null,
    });
    const next = await saveCard(test, 'bob', '4242424242424242');
    const made = await runtime.db
      .selectFrom('agreements')
      .selectAll()
      .where('id', '=', next.agreementId)
      .executeTakeFirstOrThrow();
    expect(made.termsVersionId).toBe(version2.id);
    expect(made.validUntil).toBe(made.acceptedAt + 365 * 24 * 60 * 60 * 1000);
  });
});
