import type { TestDatabase } from '@onfile/dev-env/template-database.ts';
import { comeToRest } from './come-to-rest.ts';
import { doStep } from './do-step.ts';
import { findViolationsAtRest, findViolationsNow } from './find-violations.ts';
import type { Plant } from './plants.ts';
import type { Step, Story } from './steps.ts';
import { openWorld } from './world.ts';
import type { World } from './world.ts';

/** What came of one story. */
export interface Told {
  /** What must never be, each in a sentence; empty when all is well. */
  violations: string[];
  /** After how many of its steps that was seen; all of them when it showed only at rest. */
  stepsMade: number;
}

/**
 * Lives one story through, on a shop, a sandbox and a database of its own: looks after every step, and
 * once more when the trouble is over. Stops at the first step that breaks something.
 */
export async function runStory(
  story: Story,
  options: { database: TestDatabase; plant?: Plant | undefined },
): Promise<Told> {
  const world = await openWorld(story, options.database, options.plant);
  try {
    for (const [at, step] of story.steps.entries()) {
      await makeStep(world, step, options.plant);
      const violations = [...world.oddities, ...(await findViolationsNow(world))];
      if (violations.length > 0) return { violations, stepsMade: at + 1 };
    }
    await comeToRest(world);
    return {
      violations: [...world.oddities, ...(await findViolationsAtRest(world))],
      stepsMade: story.steps.length,
    };
  } finally {
    await world.close();
  }
}

async function makeStep(world: World, step: Step, plant?: Plant): Promise<void> {
  const afterwards = await plant?.around?.(world);
  const processes = await doStep(world, step);
  await afterwards?.(processes);
}
