/** One comparison, both sides measured in the same run. */
export interface Measured {
  name: string;
  /** Ours by the other; larger is better. */
  ratio: number;
  ours: number;
  other: number;
  unit: string;
  /** More figures for people: `p50 4.1 ms`. */
  notes: string[];
}

const round = (value: number): number => Math.round(value * 100) / 100;

/** A table for people, or one object a line for machines. */
export function printMeasured(measured: Measured[], json: boolean): void {
  if (json) {
    for (const { name, ratio, ours, other, unit } of measured) {
      console.log(
        JSON.stringify({ name, ratio: round(ratio), ours: round(ours), other: round(other), unit }),
      );
    }
    return;
  }
  console.table(
    Object.fromEntries(
      measured.map(({ name, ratio, ours, other, unit }) => [
        name,
        { ratio: round(ratio), ours: round(ours), other: round(other), unit },
      ]),
    ),
  );
  for (const { name, notes } of measured) for (const note of notes) console.log(`${name}: ${note}`);
}

/** The middle of a list of numbers; the lower one of two middles. */
export function median(values: number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor((values.length - 1) / 2)] ?? Number.NaN;
}
