import { readFile } from 'node:fs/promises';
import { sign } from './sign.ts';

/** What a process takes in: a file with one event a line, and how many at a time. */
export interface Deliveries {
  file: string;
  secret: string;
  atOnce: number;
}

/** By the clock of the machine, which the rows are written by as well. */
export interface Delivered {
  startedAt: number;
  endedAt: number;
}

/** Signs all, then has each taken, as many at a time as was asked for; without HTTP in between. */
export async function deliver(
  { file, secret, atOnce }: Deliveries,
  take: (body: Buffer, signature: string) => Promise<void>,
): Promise<Delivered> {
  const lines = (await readFile(file, 'utf8')).split('\n').filter((line) => line !== '');
  const signed = lines.map((line) => sign(line, secret));
  let next = 0;
  const hand = async (): Promise<void> => {
    for (let event = signed[next++]; event; event = signed[next++]) {
      await take(event.body, event.signature);
    }
  };
  const startedAt = Date.now();
  await Promise.all(Array.from({ length: atOnce }, hand));
  return { startedAt, endedAt: Date.now() };
}
