import type { Db, Instant, Row } from '../database.ts';

/**
 * What is held now and whose end was chosen, and comes before an instant: those whose bank lets go first,
 * first. One whose end was asked of Stripe already is not listed.
 */
export function listHoldsToEnd(
  db: Db,
  which: { before: Instant; limit: number; paymentId?: string },
): Promise<Row<'payments'>[]> {
  const query = db
    .selectFrom('payments')
    .selectAll()
    .where('status', '=', 'requires_capture')
    .where('holdEnd', 'is not', null)
    .where('captureBefore', '<=', which.before)
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('stripeOperations')
            .innerJoin('paymentIntents', 'paymentIntents.id', 'stripeOperations.subjectId')
            .select('stripeOperations.id')
            .whereRef('paymentIntents.paymentId', '=', 'payments.id')
            .where('stripeOperations.kind', 'in', ['capture_intent', 'release_intent'])
            .where((of) =>
              of.or([
                of('stripeOperations.errorCode', 'is', null),
                of('stripeOperations.errorCode', '!=', 'superseded'),
              ]),
            ),
        ),
      ),
    )
    .orderBy('captureBefore')
    .orderBy('id')
    .limit(which.limit);
  return which.paymentId ? query.where('id', '=', which.paymentId).execute() : query.execute();
}

/** What is held now, and is let go by its bank between two instants. */
export function listHoldsEnding(
  db: Db,
  between: { after: Instant; until: Instant },
): Promise<Row<'payments'>[]> {
  return db
    .selectFrom('payments')
    .selectAll()
    .where('status', '=', 'requires_capture')
    .where('captureBefore', '>', between.after)
    .where('captureBefore', '<=', between.until)
    .orderBy('captureBefore')
    .orderBy('id')
    .execute();
}
