import { join } from 'node:path';
import { repositoryRoot } from '../repository-root.ts';
import { runTool } from '../run-tool.ts';
import { readReport } from './read-report.ts';
import type { Count } from './read-report.ts';

interface VitestReport {
  success: boolean;
  numPassedTests: number;
  numFailedTests: number;
  testResults: { status: string; assertionResults: unknown[] }[];
}

/** Units, stories on both databases, and components in a browser; shows progress as it runs. */
export async function runVitest(): Promise<Count> {
  const file = join(repositoryRoot, '.cache', 'vitest.json');
  const readCount = await readReport<VitestReport>(file, countTests);
  const result = await runTool(
    'vitest',
    [
      'run',
      '--config=vitest.workspace.ts',
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${file}`,
    ],
    { show: true },
  );
  return readCount(result);
}

/** A file that could not be loaded has no tests; it counts as one that failed. */
function countTests(report: VitestReport): Count {
  const broken = report.testResults.filter(
    (file) => file.status === 'failed' && file.assertionResults.length === 0,
  );
  return { passed: report.numPassedTests, failed: report.numFailedTests + broken.length };
}
