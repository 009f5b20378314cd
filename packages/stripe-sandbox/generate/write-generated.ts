import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/**
 * Writes a generated file, named from this folder. With `--check` on the command line it writes nothing
 * and fails when the file is not what the installed SDK gives.
 */
export function writeGenerated(name: string, text: string): void {
  const file = fileURLToPath(new URL(name, import.meta.url));
  if (!process.argv.includes('--check')) writeFileSync(file, text);
  else if (readFileSync(file, 'utf8') !== text) {
    console.error(`${file} is not what the installed SDK gives. Run this without --check.`);
    process.exitCode = 1;
  }
}
