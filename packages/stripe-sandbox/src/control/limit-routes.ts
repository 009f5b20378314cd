import type { Limits } from '../limits.ts';
import { RATE_LIMIT_MODES } from '../limits.ts';
import { flag, oneOf } from '../params.ts';
import type { ControlApp } from './control-app.ts';
import { readControlBody } from './read-control-body.ts';

/** `GET`, `POST /limits`: rate limits off, as in test mode or as live; object locks on or off. */
export function registerLimits(app: ControlApp, limits: Limits): void {
  app.get('/limits', (c) => c.json({ rates: limits.rates, locks: limits.locks }));
  app.post('/limits', async (c) => {
    const params = await readControlBody(c, ['rates', 'locks']);
    const rates = oneOf(params, 'rates', RATE_LIMIT_MODES);
    const locks = flag(params, 'locks');
    if (rates !== undefined) limits.rates = rates;
    if (locks !== undefined) limits.locks = locks;
    return c.json({ rates: limits.rates, locks: limits.locks });
  });
}
