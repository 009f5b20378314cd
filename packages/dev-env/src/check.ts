import { runChecks } from './check/run-checks.ts';

// `pnpm check`: everything that is looked at without running the product.
process.exitCode = (await runChecks()) ? 0 : 1;
