/** Builds one target, as a constellation does that finds it stale. */
import { buildIfStale } from '../src/builds/build-if-stale.ts';
import type { Target } from '../src/builds/build-if-stale.ts';

const target = JSON.parse(process.env['TARGET'] ?? '') as Target;
await buildIfStale(target, (line) => console.log(line));
