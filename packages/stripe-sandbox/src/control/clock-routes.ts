import type { SandboxContext } from '../context.ts';
import { invalidRequest } from '../errors.ts';
import { integer } from '../params.ts';
import type { ControlApp } from './control-app.ts';
import { readControlBody } from './read-control-body.ts';

/** The last millisecond that a Date can write. */
const LATEST = 8.64e15;

/** `GET`, `POST /clock`: milliseconds since the epoch. */
export function registerClock(app: ControlApp, { clock }: SandboxContext): void {
  app.get('/clock', (c) => c.json({ now: clock.now() }));
  app.post('/clock', async (c) => {
    const params = await readControlBody(c, ['now', 'advanceSeconds']);
    const advance = integer(params, 'advanceSeconds');
    const now = integer(params, 'now');
    if ((advance === undefined) === (now === undefined)) {
      throw invalidRequest('Give `now` in milliseconds, or `advanceSeconds`.');
    }
    const instant = now ?? clock.now() + (advance ?? 0) * 1000;
    if (instant < 0 || instant > LATEST) throw invalidRequest('No clock shows that instant.');
    clock.moveTo(instant);
    return c.json({ now: clock.now() });
  });
}
