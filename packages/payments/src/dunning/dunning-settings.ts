const dayMs = 24 * 60 * 60 * 1000;

/** At most so many tries for one payment with one card within a time. */
export interface Ceiling {
  tries: number;
  withinMs: number;
}

/** How a declined payment is tried again. Days are the shop's calendar days, hours its hours. */
export interface DunningSettings {
  /** From one try to the next. */
  cardDays: readonly number[];
  /** The same where the account was empty. */
  fundsDays: readonly number[];
  /** From one debit to the next: as many as it has entries. */
  debitDays: readonly number[];
  /** At which hour a try is made. */
  hour: number;
  /** At which hours an empty account is tried, one after the other. */
  fundsHours: readonly number[];
  /** From which hour on nothing is tried before the next morning. */
  dayEndsHour: number;
  /** So long after its day (or its first try, where that was later) nothing is tried by itself. */
  mostDays: number;
  /** By Stripe's brand. */
  ceilings: ReadonlyMap<string, readonly Ceiling[]>;
  usualCeilings: readonly Ceiling[];
  /** How long before a debit its payer is told of it, by Stripe's type. */
  noticeDays: ReadonlyMap<string, number>;
  usualNoticeDays: number;
}

const withinMonth = (tries: number): Ceiling => ({ tries, withinMs: 30 * dayMs });

/**
 * Our own plan. It stays far below the networks' ceilings: a bank that said no five times within two
 * weeks has said it.
 */
export const usualDunning: DunningSettings = {
  cardDays: [1, 3, 5, 7],
  // Over a weekend at least, and past the next pay day in the end.
  fundsDays: [2, 3, 5, 7],
  // Nacha lets an ACH debit that bounced for missing funds be presented twice more; so do we for every
  // scheme. A bank's answer takes days, so that a week between them is not long.
  debitDays: [7, 7],
  hour: 9,
  fundsHours: [9, 12, 15, 18],
  dayEndsHour: 20,
  // Longer than any plan above; a network that asks for ten days each time comes to its end here.
  mostDays: 45,
  // Visa allows 15 tries in 30 days; Mastercard 35, and 10 within a day. Networks that publish nothing
  // are taken for Visa.
  ceilings: new Map([
    ['visa', [withinMonth(15)]],
    ['mastercard', [{ tries: 10, withinMs: dayMs }, withinMonth(35)]],
  ]),
  usualCeilings: [withinMonth(15)],
  // SEPA: what its mandate names in place of the rulebook's fourteen days. BECS and ACH demand none for
  // a debit that is presented again, and nobody should meet one unprepared. An unknown scheme: the longest
  // that a scheme with variable amounts asks for.
  noticeDays: new Map([
    ['sepa_debit', 2],
    ['au_becs_debit', 3],
    ['us_bank_account', 3],
  ]),
  usualNoticeDays: 10,
};
