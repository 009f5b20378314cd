import { openTemplates } from '../templates.ts';
import { violationsInWords } from './in-words.ts';
import { plants } from './plants.ts';
import type { PlantName } from './plants.ts';
import { runStory } from './run-story.ts';
import { storyOf } from './steps.ts';

export interface DoorOptions {
  runs: number;
  /** Of the first run; each next one has the next. */
  seed: number;
  database: 'sqlite' | 'postgres';
  plant?: PlantName;
}

/**
 * The property of the door, over as many stories as one likes.
 * @returns how many broke it
 */
export async function door(options: DoorOptions, say: (line: string) => void): Promise<number> {
  const { runs, seed, database } = options;
  const plant = options.plant && plants[options.plant];
  const templates = await openTemplates(database);
  let violated = 0;
  try {
    for (let run = 0; run < runs; run += 1) {
      const story = storyOf(seed + run);
      const told = await runStory(story, { database: await templates.copy(), plant });
      for (const line of violationsInWords(seed + run, story, told)) say(line);
      violated += Number(told.violations.length > 0);
      if ((run + 1) % 10 === 0) {
        say(`${String(run + 1)} of ${String(runs)} runs, ${String(violated)} violations so far`);
      }
    }
  } finally {
    await templates.remove();
  }
  return violated;
}
