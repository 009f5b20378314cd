import { randomBytes } from 'node:crypto';
import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { CommandError } from './output.ts';

/**
 * A password that stands in no command line and no shell history: made here, typed without being
 * shown, or the first line of a pipe.
 */
export async function readPassword(
  generate: boolean,
): Promise<{ password: string; isGenerated: boolean }> {
  if (generate) return { password: randomBytes(12).toString('base64url'), isGenerated: true };
  const password = process.stdin.isTTY ? await askHidden() : await readFirstLine();
  if (password === '') {
    throw new CommandError(
      'No password was given: type one, pass it by a pipe, or use --generate-password.',
    );
  }
  return { password, isGenerated: false };
}

async function readFirstLine(): Promise<string> {
  const piped = await text(process.stdin);
  return piped.split(/\r?\n/)[0] ?? '';
}

async function askHidden(): Promise<string> {
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  process.stderr.write('Password (10 characters or more): ');
  const terminal = createInterface({ input: process.stdin, output: nowhere, terminal: true });
  try {
    return await terminal.question('');
  } finally {
    terminal.close();
    process.stderr.write('\n');
  }
}
