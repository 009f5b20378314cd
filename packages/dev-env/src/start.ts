import { runUntilSignal } from './constellation/run-until-signal.ts';
import { runDemo } from './run-demo.ts';
import { hasStripeKeys, runOperated } from './run-operated.ts';

// `pnpm start`: the demo, or with an operator's Stripe keys the same apps without it.
await runUntilSignal(
  hasStripeKeys(process.env) ? runOperated({ migrate: true }) : runDemo('built'),
);
