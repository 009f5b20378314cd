import type { TermsDraft } from '#lib/api-types.ts';
import { limitFacts } from './terms-words.ts';

type Compared = Pick<TermsDraft, 'sections' | 'capText' | 'usage' | 'validDays'>;

export interface Change {
  kind: 'changed' | 'added' | 'removed';
  /** A section's heading, or the name of a limit. */
  what: string;
  before: string | null;
  after: string | null;
}

/**
 * What one version says that the one before it did not: sections by their heading, then the limits.
 * Sections that only moved are no change of what is agreed.
 */
export function compareTerms(before: Compared, after: Compared): Change[] {
  const old = [...asPairs(before.sections), ...limits(before)];
  const now = [...asPairs(after.sections), ...limits(after)];
  const changes: Change[] = [];
  for (const entry of now) {
    const was = takeFirst(old, entry.what);
    if (!was) changes.push({ kind: 'added', what: entry.what, before: null, after: entry.text });
    else if (was.text !== entry.text) {
      changes.push({ kind: 'changed', what: entry.what, before: was.text, after: entry.text });
    }
  }
  const gone = old.map(({ what, text }): Change => {
    return { kind: 'removed', what, before: text, after: null };
  });
  return [...changes, ...gone];
}

interface Entry {
  what: string;
  text: string;
}

function asPairs(sections: Compared['sections']): Entry[] {
  return sections.map(({ heading, text }) => ({ what: heading, text }));
}

function limits(terms: Compared): Entry[] {
  return limitFacts(terms).map(({ name, value }) => ({ what: name, text: value }));
}

/** Two sections may have one heading: each is compared once. */
function takeFirst(entries: Entry[], what: string): Entry | undefined {
  const at = entries.findIndex((entry) => entry.what === what);
  return at === -1 ? undefined : entries.splice(at, 1)[0];
}
