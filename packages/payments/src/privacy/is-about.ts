/** By what an event is known to be about somebody. */
export interface Marks {
  /** Stripe's ids of them and of what is theirs. */
  stripeIds: Set<string>;
  /** Their addresses, in small letters. */
  emails: string[];
}

/** Whether an event names any of it, anywhere. */
export function isAbout(event: { payload: string }, marks: Marks): boolean {
  for (const [word] of event.payload.matchAll(/\w+/g)) {
    if (marks.stripeIds.has(word)) return true;
  }
  if (marks.emails.length === 0) return false;
  const text = event.payload.toLowerCase();
  return marks.emails.some((email) => text.includes(email));
}
