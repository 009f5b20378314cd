import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describeRequestParams } from './describe-request-params.ts';

const FILE = fileURLToPath(new URL('../src/generated/request-params.json', import.meta.url));

const text = describeRequestParams();
if (!process.argv.includes('--check')) writeFileSync(FILE, text);
else if (readFileSync(FILE, 'utf8') !== text) {
  console.error(`${FILE} is not what the installed SDK gives. Run this without --check.`);
  process.exitCode = 1;
}
