/**
 * What a dispute's status (Stripe's words) means. An inquiry (`warning_…`) only asks and takes no
 * money; it may still become a dispute.
 */
const statuses: Record<string, { isClosed: boolean; takesEvidence: boolean; order: number }> = {
  warning_needs_response: { isClosed: false, takesEvidence: true, order: 0 },
  warning_under_review: { isClosed: false, takesEvidence: false, order: 1 },
  warning_closed: { isClosed: true, takesEvidence: false, order: 2 },
  needs_response: { isClosed: false, takesEvidence: true, order: 3 },
  under_review: { isClosed: false, takesEvidence: false, order: 4 },
  prevented: { isClosed: true, takesEvidence: false, order: 5 },
  won: { isClosed: true, takesEvidence: false, order: 5 },
  lost: { isClosed: true, takesEvidence: false, order: 5 },
  // An appeal is made in Stripe's Dashboard: it wants evidence of its own kind.
  appeal_needs_response: { isClosed: false, takesEvidence: false, order: 6 },
  appeal_under_review: { isClosed: false, takesEvidence: false, order: 7 },
};

/** A status that this code does not know is open, and is answered in the Dashboard. */
const unknown = { isClosed: false, takesEvidence: false, order: 0 };

function meaning(status: string) {
  return Object.hasOwn(statuses, status) ? (statuses[status] ?? unknown) : unknown;
}

/** Whether a dispute has come to its end. */
export function isClosedDispute(status: string): boolean {
  return meaning(status).isClosed;
}

/** Whether the bank waits for an answer that can be given here. */
export function takesEvidence(status: string): boolean {
  return meaning(status).takesEvidence;
}

/** Whether news is to be written: newer always, of the same moment when it is not further back. */
export function isDisputeNews(
  known: { status: string; asOf: number },
  news: { status: string; asOf: number },
): boolean {
  if (news.asOf !== known.asOf) return news.asOf > known.asOf;
  return meaning(news.status).order >= meaning(known.status).order;
}

/** Every status that is known, for words and for the test of them. */
export const disputeStatuses = Object.keys(statuses);
