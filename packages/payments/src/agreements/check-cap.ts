/**
 * What is left of an agreement, in minor units of its currency; never below 0.
 * @param usedMinor the sum of succeeded, processing, authorized and in-flight amounts
 */
export function leftUnderCap(capAmountMinor: number, usedMinor: number): number {
  return Math.max(0, capAmountMinor - usedMinor);
}
