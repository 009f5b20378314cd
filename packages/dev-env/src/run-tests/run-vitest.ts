import { join, relative } from 'node:path';
import { repositoryRoot } from '../repository-root.ts';
import { runTool } from '../run-tool.ts';
import { readReport } from './read-report.ts';
import type { Count } from './read-report.ts';

interface VitestReport {
  success: boolean;
  numPassedTests: number;
  numFailedTests: number;
  testResults: {
    name: string;
    status: string;
    assertionResults: { status: string; fullName: string; failureMessages?: string[] | null }[];
  }[];
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
  const failures = report.testResults.flatMap(({ name, assertionResults }) =>
    assertionResults
      .filter(({ status }) => status === 'failed')
      .map(({ fullName, failureMessages }) => {
        // Of a property: the seed, and where it led.
        const why = failureMessages?.[0]?.split('\n').slice(0, 3).join(' ').slice(0, 500) ?? '';
        return `${relative(repositoryRoot, name)}: ${fullName.trim()}: ${why}`;
      }),
  );
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + broken.length,
    failures: [...broken.map(({ name }) => relative(repositoryRoot, name)), ...failures],
  };
}
