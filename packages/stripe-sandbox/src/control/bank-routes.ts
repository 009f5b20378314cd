import type { PlantedOverride } from '../bank-overrides.ts';
import type { SandboxContext } from '../context.ts';
import { DECLINE_NAMES } from '../declines.ts';
import { invalidRequest } from '../errors.ts';
import { newId } from '../ids.ts';
import { integer, missing, oneOf, text } from '../params.ts';
import type { Params } from '../params.ts';
import type { ControlApp } from './control-app.ts';
import { readControlBody } from './read-control-body.ts';

const OUTCOMES = ['approve', 'challenge', ...DECLINE_NAMES] as const;
const ADVICE = ['confirm_card_data', 'do_not_try_again', 'try_again_later', 'none'] as const;
const KNOWN = [
  'outcome',
  'times',
  'advice_code',
  'network_advice_code',
  'network_decline_code',
  'customer',
  'payment_method',
  'fingerprint',
];

/** `/bank`: what the bank says to the next charges, whatever the card's row says. */
export function registerBank(app: ControlApp, { bank }: SandboxContext): void {
  app.get('/bank', (c) => c.json({ planted: bank.list(), outcomes: OUTCOMES }));
  app.post('/bank', async (c) => {
    const override = readOverride(await readControlBody(c, KNOWN));
    bank.plant(override);
    return c.json({ id: override.id });
  });
  app.delete('/bank', (c) => {
    bank.clear();
    return c.json({ cleared: true });
  });
}

function readOverride(params: Params): PlantedOverride {
  const outcome = oneOf(params, 'outcome', OUTCOMES);
  if (outcome === undefined) throw missing('outcome');
  const left = integer(params, 'times') ?? 1;
  if (left < 1) throw invalidRequest('`times` must be 1 or more.', { param: 'times' });
  const advice = oneOf(params, 'advice_code', ADVICE);
  const networkAdvice = text(params, 'network_advice_code');
  const networkDecline = text(params, 'network_decline_code');
  if (networkAdvice !== undefined && !/^\d{2}$/.test(networkAdvice)) {
    const param = 'network_advice_code';
    throw invalidRequest('`network_advice_code` must be two digits.', { param });
  }
  return {
    id: newId('bank'),
    outcome,
    codes: {
      ...(advice === undefined ? {} : { advice_code: advice === 'none' ? null : advice }),
      ...(networkAdvice === undefined ? {} : { network_advice_code: networkAdvice }),
      ...(networkDecline === undefined ? {} : { network_decline_code: networkDecline }),
    },
    customer: text(params, 'customer') ?? null,
    paymentMethod: text(params, 'payment_method') ?? null,
    fingerprint: text(params, 'fingerprint') ?? null,
    left,
  };
}
