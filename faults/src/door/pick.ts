/** One of a list, whatever the number. */
export function pick<T>(list: readonly T[], which: number): T {
  const one = list[which % list.length];
  if (one === undefined) throw new Error('there is nothing to pick from');
  return one;
}
