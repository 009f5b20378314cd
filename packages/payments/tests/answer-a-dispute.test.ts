import { findDispute, listDisputesOf } from '@onfile/db/tables/disputes.ts';
import { payWith } from '@onfile/dev-env/pay-and-refund.ts';
import { describeOnBothDatabases } from '@onfile/dev-env/test-database.ts';
import { openTestRuntime } from '@onfile/dev-env/test-runtime.ts';
import type { TestRuntime } from '@onfile/dev-env/test-runtime.ts';
import { waitUntil } from '@onfile/dev-env/wait-until.ts';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { acceptDispute } from '../src/disputes/accept-dispute.ts';
import { addFile } from '../src/disputes/add-file.ts';
import type { SavedEvidence } from '../src/disputes/save-evidence.ts';
import { saveEvidence } from '../src/disputes/save-evidence.ts';
import { submitEvidence } from '../src/disputes/submit-evidence.ts';
import { settleDispute } from '../src/state/settle-dispute.ts';
import { processInbox } from '../src/webhooks/process-inbox.ts';
import { finishOperations } from '../src/worker/finish-operations.ts';

const dayMs = 24 * 60 * 60 * 1000;

describeOnBothDatabases('answering a dispute', (dialect) => {
  let test: TestRuntime;
  let disputeId: string;
  let stripeId: string;
  beforeEach(async () => {
    test = await openTestRuntime({ dialect, webhooks: true });
    const { payment } = await payWith(test, '4000000000000259');
    const dispute = await waitUntil('the dispute is known', async () => {
      await processInbox(test.runtime);
      const [found] = await listDisputesOf(test.runtime.db, payment.id);
      return found?.evidenceCollectedAt ? found : undefined;
    });
    disputeId = dispute.id;
    stripeId = dispute.stripeDisputeId;
  });
  afterEach(() => test.close());

  const now = async () => {
    const dispute = await findDispute(test.runtime.db, disputeId);
    if (!dispute) throw new Error('the dispute is gone');
    return dispute;
  };
  const atStripe = () => test.runtime.stripe.disputes.retrieve(stripeId);
  const save = async (change: Partial<SavedEvidence> = {}) =>
    saveEvidence(test.runtime, {
      disputeId,
      staffId: 'staff-1',
      seenSavedAt: (await now()).evidenceSavedAt,
      texts: { uncategorized_text: 'They stayed for two nights.' },
      withoutFiles: [],
      ...change,
    });
  const submit = async () =>
    submitEvidence(test.runtime, {
      disputeId,
      staffId: 'staff-1',
      seenSavedAt: (await now()).evidenceSavedAt,
    });
  const updates = async () =>
    (await test.control.requests({ method: 'POST', path: `/v1/disputes/${stripeId}` })).filter(
      ({ replayed }) => !replayed,
    );
  const untilStatus = (status: string) =>
    waitUntil(`the dispute is ${status}`, async () => {
      await processInbox(test.runtime);
      return (await now()).status === status;
    });

  it('is saved as a draft at Stripe first, as often as staff like', async () => {
    await save();
    await save({ texts: { customer_name: 'Ada Lovelace', access_activity_log: '' } });
    const { evidence, evidence_details: details } = await atStripe();
    expect(evidence).toMatchObject({
      customer_name: 'Ada Lovelace',
      uncategorized_text: 'They stayed for two nights.',
      access_activity_log: 'Not applicable.',
      customer_purchase_ip: '203.0.113.7',
    });
    expect(evidence.service_documentation).toMatch(/^file_/);
    expect(details).toMatchObject({ has_evidence: true, submission_count: 0 });
  });

  it('takes a file out that no draft has had yet, and one of staff in', async () => {
    await save({ withoutFiles: ['receipt'] });
    const picture = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0]);
    await addFile(test.runtime, {
      disputeId,
      staffId: 'staff-1',
      field: 'customer_signature',
      filename: '../signed form.exe',
      data: picture,
    });
    const sent = save({ withoutFiles: ['customer_signature'] });
    await expect(sent).rejects.toMatchObject({ code: 'file_sent' });
    const files = JSON.parse((await now()).evidenceFiles ?? '[]') as { filename: string }[];
    expect(files.map(({ filename }) => filename)).toContain('_signed form.png');
    const { evidence } = await atStripe();
    expect(evidence.receipt).toBeNull();
    expect(evidence.customer_signature).toMatch(/^file_/);
    const page = addFile(test.runtime, {
      disputeId,
      staffId: 'staff-1',
      field: 'receipt',
      filename: 'page.pdf',
      data: Buffer.from('<html>'),
    });
    await expect(page).rejects.toMatchObject({ code: 'file_not_taken' });
  });

  it('is refused to whoever has not seen the newest save', async () => {
    await save();
    await expect(save({ seenSavedAt: null })).rejects.toMatchObject({ code: 'dispute_changed' });
    const blind = submitEvidence(test.runtime, {
      disputeId,
      staffId: 'staff-2',
      seenSavedAt: null,
    });
    await expect(blind).rejects.toMatchObject({ code: 'dispute_changed' });
    expect((await atStripe()).evidence_details.submission_count).toBe(0);
  });

  it('goes to the bank once, from two clicks at once, and is won', async () => {
    await save({ texts: { uncategorized_text: 'winning_evidence' } });
    const clicks = await Promise.allSettled([submit(), submit()]);
    const refused = clicks.filter(({ status }) => status === 'rejected');
    expect(refused).toHaveLength(1);
    expect(await now()).toMatchObject({ status: 'under_review' });
    expect((await now()).submittedAt).not.toBeNull();
    expect((await atStripe()).evidence_details.submission_count).toBe(1);
    await expect(save()).rejects.toMatchObject({ code: 'dispute_not_open' });
    test.clock.advance(3_000);
    await untilStatus('won');
    expect((await now()).closedAt).not.toBeNull();
  });

  it('is finished by the worker when the answer to it is lost, and sent once', async () => {
    const path = `/v1/disputes/${stripeId}`;
    await test.control.fault({ method: 'POST', path, times: 2, action: 'reset_after' });
    await expect(submit()).rejects.toMatchObject({ code: 'stripe_unavailable' });
    await expect(submit()).rejects.toMatchObject({ code: 'dispute_under_way' });
    const accept = acceptDispute(test.runtime, { disputeId, staffId: 'staff-1' });
    await expect(accept).rejects.toMatchObject({ code: 'dispute_under_way' });
    test.clock.advance(60_000);
    await finishOperations(test.runtime);
    expect(await now()).toMatchObject({ status: 'under_review' });
    expect((await atStripe()).evidence_details.submission_count).toBe(1);
    const done = (await updates()).filter(({ status }) => status === 200);
    expect(new Set(done.map(({ idempotencyKey }) => idempotencyKey)).size).toBe(1);
  });

  it('is refused in words after its term', async () => {
    test.clock.advance(8 * dayMs);
    await save();
    test.clock.advance(2 * dayMs);
    // The bank's own decision has not been heard of yet.
    await expect(submit()).rejects.toMatchObject({ code: 'dispute_past_due' });
    await untilStatus('lost');
    await expect(submit()).rejects.toMatchObject({ code: 'dispute_not_open' });
  });

  it('can be to accept it: then it is lost, and nothing else can be said', async () => {
    await acceptDispute(test.runtime, { disputeId, staffId: 'staff-1' });
    expect(await now()).toMatchObject({ status: 'lost' });
    expect((await now()).closedAt).not.toBeNull();
    await expect(submit()).rejects.toMatchObject({ code: 'dispute_not_open' });
  });

  it('is given anew when an answered inquiry becomes a dispute', async () => {
    await test.runtime.db
      .updateTable('disputes')
      .set({ status: 'warning_under_review', submittedAt: test.clock.now() })
      .where('id', '=', disputeId)
      .execute();
    test.clock.advance(1_000);
    const asOf = test.clock.now();
    const dispute = await atStripe();
    await settleDispute(test.runtime, { dispute, asOf, actor: { kind: 'stripe' } });
    expect(await now()).toMatchObject({ status: 'needs_response', submittedAt: null });
    await submit();
    expect(await now()).toMatchObject({ status: 'under_review' });
    expect((await now()).submittedAt).not.toBeNull();
  });

  it('is lost when the bank says so, whatever the order of its events', async () => {
    await submit();
    await test.control.closeDispute(stripeId, 'lost');
    await untilStatus('lost');
    const facts = await test.runtime.db
      .selectFrom('auditLog')
      .select('action')
      .where('subjectId', '=', disputeId)
      .orderBy('at')
      .orderBy('id')
      .execute();
    expect(facts.map(({ action }) => action)).toEqual([
      'dispute.needs_response',
      'dispute.evidence_collected',
      'dispute.submission_requested',
      'dispute.under_review',
      'dispute.lost',
    ]);
  });
});
