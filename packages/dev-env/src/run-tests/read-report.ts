import { readFile, rm } from 'node:fs/promises';

export interface Count {
  passed: number;
  failed: number;
  /** Where to look, one line for each story that failed; none where a run failed as a whole. */
  failures: string[];
}

/**
 * Removes an earlier run's report and gives a function that reads the next one. A run that failed
 * as a whole counts as at least one failure, whatever its report says or if there is none.
 */
export async function readReport<Report>(
  file: string,
  count: (report: Report) => Count,
): Promise<(run: { ok: boolean }) => Promise<Count>> {
  await rm(file, { force: true });
  return async ({ ok }) => {
    const text = await readFile(file, 'utf8').catch(() => null);
    const { passed, failed, failures } =
      text === null ? { passed: 0, failed: 1, failures: [] } : count(JSON.parse(text) as Report);
    return { passed, failed: ok ? failed : Math.max(failed, 1), failures };
  };
}
