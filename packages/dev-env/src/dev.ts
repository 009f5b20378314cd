import { runUntilSignal } from './constellation/run-until-signal.ts';
import { runDemo } from './run-demo.ts';

// `pnpm dev`: the demo with hot reload of both apps and a worker that restarts on changes.
await runUntilSignal(runDemo('watched'));
