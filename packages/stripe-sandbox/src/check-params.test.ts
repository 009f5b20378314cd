import { describe, expect, it } from 'vitest';
import { checkParams } from './check-params.ts';
import { SandboxError } from './errors.ts';
import { paramsOf } from './param-spec.ts';
import type { ParamTree } from './params.ts';

/** What is wrong with a request, as `param: message`; undefined when nothing is. */
function faultOf(call: string, values: ParamTree): string | undefined {
  const [method = '', path = ''] = call.split(' ');
  try {
    checkParams(paramsOf(method, path), values);
    return undefined;
  } catch (thrown) {
    if (!(thrown instanceof SandboxError)) throw thrown;
    return `${thrown.body.param ?? ''}: ${thrown.body.message ?? ''}`;
  }
}

const PAYMENT = { amount: '2000', currency: 'usd' };

describe('a request is held against the types of the SDK', () => {
  it.each<[name: string, call: string, values: ParamTree, fault: string | undefined]>([
    ['passes', 'POST /v1/payment_intents', { ...PAYMENT, metadata: { order: '7' } }, undefined],
    [
      'names an unknown parameter',
      'POST /v1/payment_intents',
      { ...PAYMENT, amout: '1' },
      'amout: Received unknown parameter: amout',
    ],
    [
      'names several',
      'POST /v1/payment_intents',
      { ...PAYMENT, a: '1', b: '2' },
      'a: Received unknown parameters: a, b',
    ],
    [
      'looks into hashes',
      'POST /v1/payment_intents',
      { ...PAYMENT, automatic_payment_methods: { enabled: 'true', redirects: 'never' } },
      'automatic_payment_methods[redirects]: Received unknown parameter: automatic_payment_methods[redirects]',
    ],
    [
      'looks into lists',
      'POST /v1/checkout/sessions',
      { line_items: { '0': { price_data: { currency: 'usd', produkt: 'x' } } } },
      'line_items[0][price_data][produkt]: Received unknown parameter: line_items[0][price_data][produkt]',
    ],
    [
      'misses what the SDK requires',
      'POST /v1/payment_intents',
      { amount: '2000' },
      'currency: Missing required param: currency.',
    ],
    [
      'takes no text for a whole number',
      'POST /v1/payment_intents',
      { ...PAYMENT, amount: '20.00' },
      'amount: Invalid integer: 20.00',
    ],
    [
      'takes only the values of an enum',
      'POST /v1/checkout/sessions',
      { mode: 'setup', ui_mode: 'embedded' },
      'ui_mode: Invalid ui_mode: must be one of elements, embedded_page, form, or hosted_page',
    ],
    [
      'takes either kind of a union',
      'POST /v1/payment_intents',
      { ...PAYMENT, off_session: 'recurring' },
      undefined,
    ],
    [
      'refuses what no kind of a union takes',
      'POST /v1/payment_intents',
      { ...PAYMENT, off_session: 'sometimes' },
      'off_session: Invalid off_session: must be one_off or recurring',
    ],
    [
      'clears what can be cleared',
      'POST /v1/payment_intents/:id',
      { setup_future_usage: '', metadata: '' },
      undefined,
    ],
    [
      'takes a card by token as well as by number',
      'POST /v1/payment_methods',
      { type: 'card', card: { token: 'tok_visa' } },
      undefined,
    ],
    [
      'wants a hash where a hash belongs',
      'POST /v1/payment_intents',
      { ...PAYMENT, shipping: 'home' },
      'shipping: Invalid object',
    ],
    [
      'knows no parameters for calls that the SDK does not have',
      'POST /v1/unheard_of',
      { a: '1' },
      'a: Received unknown parameter: a',
    ],
  ])('%s', (_, call, values, fault) => {
    expect(faultOf(call, values)).toBe(fault);
  });

  it('does not let an empty value stand for a required one', () => {
    expect(faultOf('POST /v1/payment_intents', { amount: '2000', currency: '' })).toMatch(
      /^currency: You passed an empty string for 'currency'/,
    );
  });

  it('keeps texts within 5,000 characters', () => {
    expect(faultOf('POST /v1/customers', { description: 'x'.repeat(5001) })).toMatch(
      /must be at most 5000 characters/,
    );
  });
});
