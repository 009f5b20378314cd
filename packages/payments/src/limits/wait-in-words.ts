/** A waiting time for people, never shorter than it is: `40 seconds`, `12 minutes`, `3 hours`. */
export function waitInWords(seconds: number): string {
  if (seconds <= 90) return say(Math.max(seconds, 1), 'second');
  if (seconds <= 90 * 60) return say(Math.ceil(seconds / 60), 'minute');
  return say(Math.ceil(seconds / 3600), 'hour');
}

function say(value: number, unit: string): string {
  return new Intl.NumberFormat('en', { style: 'unit', unit, unitDisplay: 'long' }).format(value);
}
