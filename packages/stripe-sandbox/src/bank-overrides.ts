import type { Account } from './context.ts';
import type { BankAnswer } from './decide-card-step.ts';
import type { DeclineCodes, DeclineName } from './declines.ts';
import { ownerIdOf } from './owner.ts';
import type { Row } from './stored-objects.ts';

/** What a bank is told to say instead of what the card's row says. */
type BankOverride = {
  id: string;
  outcome: 'approve' | 'challenge' | DeclineName;
  codes: DeclineCodes;
};

/** Whose charges an override meets: all that is null meets everybody. */
type OverrideTarget = {
  customer: string | null;
  paymentMethod: string | null;
  /** Every saved copy of one card. */
  fingerprint: string | null;
};

export type PlantedOverride = BankOverride & OverrideTarget & { left: number };

export type BankOverrides = {
  plant(override: PlantedOverride): void;
  list(): PlantedOverride[];
  clear(): void;
  /** The first that fits, counted down; a challenge that was just passed does not come again. */
  take(method: Row<'payment_method'>, challengePassed: boolean): BankOverride | undefined;
};

/** Kept in memory: after a restart the cards' own rows hold again. */
export function createBankOverrides(): BankOverrides {
  let planted: PlantedOverride[] = [];
  return {
    plant: (override) => void planted.push(override),
    list: () => planted,
    clear() {
      planted = [];
    },
    take(method, challengePassed) {
      const override = planted.find(
        (one) => meets(one, method) && !(challengePassed && one.outcome === 'challenge'),
      );
      if (override !== undefined) override.left -= 1;
      planted = planted.filter(({ left }) => left > 0);
      return override;
    },
  };
}

/**
 * What the control API told the bank to say to this charge of a card; counts it down. Undefined: the
 * card's row decides. Without a shopper a challenge is a decline, as it is at Stripe.
 */
export function overriddenAnswer(
  account: Account,
  confirmation: {
    method: Row<'payment_method'>;
    offSession: boolean;
    challengePassed: boolean;
    errorOnRequiresAction: boolean;
  },
): BankAnswer | undefined {
  const { method, challengePassed } = confirmation;
  const override = account.ctx.bank.take(method, challengePassed);
  if (override === undefined) return undefined;
  const { outcome, codes } = override;
  if (outcome === 'approve') return { kind: 'approved' };
  if (outcome !== 'challenge') return { kind: 'declined', name: outcome, codes };
  if (confirmation.offSession) return { kind: 'declined', name: 'authentication_required', codes };
  return confirmation.errorOnRequiresAction
    ? { kind: 'declined', name: 'authentication_not_handled' }
    : { kind: 'challenge' };
}

function meets(target: OverrideTarget, { object }: Row<'payment_method'>): boolean {
  return (
    (target.customer === null || target.customer === ownerIdOf(object)) &&
    (target.paymentMethod === null || target.paymentMethod === object.id) &&
    (target.fingerprint === null || target.fingerprint === object.card?.fingerprint)
  );
}
