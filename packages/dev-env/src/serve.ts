import { runUntilSignal } from './constellation/run-until-signal.ts';
import { runOperated } from './run-operated.ts';

// `pnpm serve`: apps and worker on the operator's settings.
await runUntilSignal(runOperated({ migrate: false }));
