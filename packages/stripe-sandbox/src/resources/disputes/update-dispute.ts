import type Stripe from 'stripe';
import type { Account } from '../../context.ts';
import { emitEvent } from '../../emit-event.ts';
import { invalidRequest } from '../../errors.ts';
import { getByParam, getByPath, save } from '../../get-object.ts';
import { mergeMetadata } from '../../metadata.ts';
import { clearable, flag, hash, has, paramName } from '../../params.ts';
import type { Params } from '../../params.ts';
import type { Row } from '../../stored-objects.ts';
import { EVIDENCE_FILES, EVIDENCE_TEXTS } from './build-dispute.ts';
import { requireOpenDispute } from './close-dispute.ts';

/** All evidence texts together may have this many characters. */
export const EVIDENCE_CHARACTERS = 150_000;
/** How long the bank of the test mode thinks, in seconds. */
const DECISION_SECONDS = 2;

/**
 * Adds evidence and, unless `submit=false`, hands it to the bank: once and for all. The words
 * `winning_evidence` and `losing_evidence` in `uncategorized_text` say how the bank decides.
 * Event: charge.dispute.updated.
 */
export function updateDispute(account: Account, id: string, params: Params): Stripe.Dispute {
  const row = getByPath(account, 'dispute', id);
  const { object } = row;
  const before = structuredClone(object);
  const evidence = hash(params, 'evidence');
  const submitting = flag(params, 'submit') ?? evidence !== undefined;
  if (evidence !== undefined || submitting) requireAnswerable(row);
  if (evidence !== undefined) addEvidence(account, object, evidence);
  object.metadata = mergeMetadata(params, object.metadata);
  if (submitting) submit(account, row);
  save(account, 'dispute', row);
  emitEvent(account, 'charge.dispute.updated', object, before);
  return object;
}

function requireAnswerable(row: Row<'dispute'>): void {
  requireOpenDispute(row);
  if (row.object.evidence_details.submission_count === 0) return;
  throw invalidRequest('Evidence was already submitted for this dispute: it is under review.');
}

function addEvidence(account: Account, dispute: Stripe.Dispute, given: Params): void {
  for (const name of EVIDENCE_FILES) {
    if (!has(given, name)) continue;
    const fileId = clearable(given, name) ?? null;
    if (fileId !== null) requireFile(account, fileId, paramName(given, name));
    dispute.evidence[name] = fileId;
  }
  for (const name of EVIDENCE_TEXTS) {
    if (has(given, name)) dispute.evidence[name] = longText(given, name);
  }
  const length = EVIDENCE_TEXTS.reduce((sum, name) => sum + textOf(dispute, name).length, 0);
  if (length > EVIDENCE_CHARACTERS) {
    throw invalidRequest(
      `The combined character count of the evidence is ${String(length)}; it can be at most ${String(EVIDENCE_CHARACTERS)}.`,
      { param: 'evidence' },
    );
  }
  dispute.evidence_details.has_evidence = [...EVIDENCE_FILES, ...EVIDENCE_TEXTS].some(
    (name) => dispute.evidence[name] !== null,
  );
}

/** Evidence may be longer than other texts; its length was checked with the parameters. */
function longText(given: Params, name: string): string | null {
  const value = given.values[name];
  return typeof value === 'string' && value !== '' ? value : null;
}

function textOf(dispute: Stripe.Dispute, name: (typeof EVIDENCE_TEXTS)[number]): string {
  return dispute.evidence[name] ?? '';
}

function requireFile(account: Account, id: string, param: string): void {
  const { object } = getByParam(account, 'file', id, param);
  if (object.purpose === 'dispute_evidence') return;
  throw invalidRequest(
    `The file ${id} has the purpose ${object.purpose}; evidence needs dispute_evidence.`,
    { param },
  );
}

function submit(account: Account, { object, hidden }: Row<'dispute'>): void {
  object.status = object.status.startsWith('warning_') ? 'warning_under_review' : 'under_review';
  object.evidence_details.submission_count += 1;
  object.evidence_details.submission_method = 'manual';
  const words = textOf(object, 'uncategorized_text');
  const won = words.includes('winning_evidence');
  const inquiry = object.status === 'warning_under_review';
  // Other evidence stays under review until somebody decides through the control API.
  hidden.dueAt =
    won || words.includes('losing_evidence')
      ? account.ctx.clock.seconds() + DECISION_SECONDS
      : null;
  hidden.becomes = won ? (inquiry ? 'warning_closed' : 'won') : 'lost';
}
