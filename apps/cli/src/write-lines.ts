import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import type { Writable } from 'node:stream';
import { CommandError } from './output.ts';

const progressEveryMs = 1_000;

/**
 * Writes each record as a line of JSON, waiting for whoever reads. A file appears under its name when it
 * is complete, and only its owner may read it; without a name the lines go to standard output.
 * @returns how many lines were written
 */
export async function writeLines(
  records: AsyncIterable<Record<string, unknown>>,
  file: string | undefined,
): Promise<number> {
  if (file === undefined) return writeTo(process.stdout, records);
  const part = `${file}.part`;
  await (await open(part, 'w', 0o600).catch(cannotWrite(file))).close();
  const stream = createWriteStream(part, { mode: 0o600 });
  try {
    const written = await writeTo(stream, records);
    stream.end();
    await once(stream, 'finish');
    await rename(part, file);
    return written;
  } catch (problem) {
    stream.destroy();
    await rm(part, { force: true });
    throw problem;
  }
}

function cannotWrite(file: string): (problem: unknown) => never {
  return (problem) => {
    const code = problem instanceof Error && 'code' in problem ? String(problem.code) : '';
    throw new CommandError(`${file} cannot be written (${code}).`);
  };
}

async function writeTo(
  stream: Writable,
  records: AsyncIterable<Record<string, unknown>>,
): Promise<number> {
  let fault: Error | undefined;
  stream.on('error', (error) => {
    fault = error;
  });
  let written = 0;
  let toldAt = Date.now();
  for await (const record of records) {
    if (!fault && !stream.write(`${JSON.stringify(record)}\n`)) {
      await once(stream, 'drain').catch(() => undefined);
    }
    // Whoever read has had enough, as `head` has.
    if (isClosedPipe(fault)) break;
    if (fault) throw fault;
    written += 1;
    if (process.stderr.isTTY && Date.now() - toldAt >= progressEveryMs) {
      process.stderr.write(`\r${String(written)} rows`);
      toldAt = Date.now();
    }
  }
  if (process.stderr.isTTY) process.stderr.write('\r\u001b[K');
  return written;
}

function isClosedPipe(fault: Error | undefined): boolean {
  return fault !== undefined && 'code' in fault && fault.code === 'EPIPE';
}
