import { compileStaleMessages } from './builds/build-stale.ts';

// `node --import` this before an entry whose imports reach the compiled messages: in a fresh clone they
// are not there yet, and no module graph can be linked to what one of its own modules would make.
await compileStaleMessages((line) => console.error(line));
