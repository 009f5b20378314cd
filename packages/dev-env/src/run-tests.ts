import { join } from 'node:path';
import { chromiumPath } from './browser/chromium-path.ts';
import { buildStaleApps } from './builds/build-stale.ts';
import { repositoryRoot } from './repository-root.ts';
import { runBrowserStories } from './run-tests/run-browser-stories.ts';
import { runVitest } from './run-tests/run-vitest.ts';

// `pnpm test`: everything, closing with one line that sums it up.
// Stories start hundreds of processes, of the same sources each: compiled once, they start a quarter sooner.
process.env['NODE_COMPILE_CACHE'] ??= join(repositoryRoot, '.cache', 'compiled');
await buildStaleApps((line) => console.log(line));
// Unpacked once, before many at a time ask for it.
await chromiumPath();
const vitest = await runVitest();
const browser = await runBrowserStories();
const passed = vitest.passed + browser.passed;
const failed = vitest.failed + browser.failed;
for (const failure of [...vitest.failures, ...browser.failures]) console.log(`failed: ${failure}`);
console.log(`\n${String(passed)} passed, ${String(failed)} failed`);
process.exitCode = failed === 0 && vitest.passed > 0 && browser.passed > 0 ? 0 : 1;
