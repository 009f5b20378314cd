import { formatAmount } from '../money.ts';

/** The most that all charges under one agreement may come to, in one currency and its minor unit. */
export interface Cap {
  currency: string;
  capAmountMinor: number;
}

interface StoredCaps extends Cap {
  otherCaps: string | null;
}

/** Every cap of some terms; the first is in the currency in which methods are saved outside an order. */
export function capsOf(terms: StoredCaps): Cap[] {
  const { currency, capAmountMinor, otherCaps } = terms;
  const others = otherCaps === null ? [] : (JSON.parse(otherCaps) as Cap[]);
  return [{ currency, capAmountMinor }, ...others];
}

/** How caps are stored. */
export function storedCaps([first, ...others]: [Cap, ...Cap[]]): StoredCaps {
  return { ...first, otherCaps: others.length === 0 ? null : JSON.stringify(others) };
}

/** The cap for charges in a currency, in its minor unit; null: these terms allow none in it. */
export function capIn(terms: StoredCaps, currency: string): number | null {
  return capsOf(terms).find((cap) => cap.currency === currency)?.capAmountMinor ?? null;
}

/** `$500.00, €500.00`, for people. */
export function capsText(terms: StoredCaps): string {
  return capsOf(terms)
    .map((cap) => formatAmount(cap.capAmountMinor, cap.currency))
    .join(', ');
}
