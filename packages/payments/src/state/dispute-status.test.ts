import { describe, expect, it } from 'vitest';
import {
  disputeStatuses,
  isClosedDispute,
  isDisputeNews,
  takesEvidence,
} from './dispute-status.ts';

describe('the status of a dispute', () => {
  it('takes evidence only while the bank waits for it, and never after its end', () => {
    const waiting = disputeStatuses.filter(takesEvidence);
    expect(waiting).toEqual(['warning_needs_response', 'needs_response']);
    expect(
      disputeStatuses.filter((status) => takesEvidence(status) && isClosedDispute(status)),
    ).toEqual([]);
  });

  it('is open, and answered elsewhere, when it is a word that we do not know', () => {
    for (const word of ['something_new', 'constructor']) {
      expect([takesEvidence(word), isClosedDispute(word)]).toEqual([false, false]);
    }
  });

  it('is written over by newer news, and of one moment by what is further on', () => {
    const known = { status: 'under_review', asOf: 5 };
    expect(isDisputeNews(known, { status: 'needs_response', asOf: 4 })).toBe(false);
    expect(isDisputeNews(known, { status: 'needs_response', asOf: 5 })).toBe(false);
    expect(isDisputeNews(known, { status: 'won', asOf: 5 })).toBe(true);
    // An inquiry may become a dispute, a lost one may be appealed: newer news always counts.
    expect(isDisputeNews(known, { status: 'needs_response', asOf: 6 })).toBe(true);
  });
});
