/** What the shopper said of the terms on this page; null where the plan asks nothing. */
export type Accepted = { termsVersionId: string; accepted: boolean; redisplay: boolean } | null;
