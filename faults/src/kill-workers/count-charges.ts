import type Stripe from 'stripe';
import type { Constellation } from '@onfile/dev-env/constellation.ts';
import { withRuntime } from '@onfile/dev-env/with-runtime.ts';

/** What became of the payments, by the sandbox's account of it, and by ours. */
export interface Counted {
  kills: number;
  /** Charged once at Stripe, and known to be here. */
  once: number;
  moreThanOnce: number;
  /** Not charged, or not known here to be. */
  open: number;
}

/** Counts the successful charges that the sandbox has made for each payment. */
export async function countCharges(
  shop: Constellation,
  ids: string[],
): Promise<Omit<Counted, 'kills'>> {
  const charges = (await shop.control.objects('charge', 10_000)) as unknown as Stripe.Charge[];
  const timesCharged = new Map<string, number>();
  for (const { metadata, status } of charges) {
    const id = metadata['onfile_payment'];
    if (status !== 'succeeded' || id === undefined) continue;
    timesCharged.set(id, (timesCharged.get(id) ?? 0) + 1);
  }
  const paid = await withRuntime(shop, (runtime) =>
    runtime.db.selectFrom('payments').select('id').where('status', '=', 'succeeded').execute(),
  );
  const isPaidHere = new Set(paid.map(({ id }) => id));
  const counts = ids.map((id) => timesCharged.get(id) ?? 0);
  const once = ids.filter((id) => timesCharged.get(id) === 1 && isPaidHere.has(id)).length;
  const moreThanOnce = counts.filter((count) => count > 1).length;
  return { once, moreThanOnce, open: ids.length - once - moreThanOnce };
}
