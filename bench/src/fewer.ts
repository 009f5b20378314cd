const share = Number(process.env['BENCH_SHARE'] ?? '1');
if (!(share > 0 && share <= 1)) throw new Error('BENCH_SHARE is a number above 0, at most 1.');

/**
 * How many of something a benchmark takes: `BENCH_SHARE=0.1` takes a tenth, to see whether it runs.
 * Figures come from whole runs.
 */
export function fewer(count: number): number {
  return Math.max(1, Math.round(count * share));
}
