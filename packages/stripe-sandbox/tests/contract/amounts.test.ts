import { describe, expect, test } from 'vitest';
import { refusal } from '../open-sandbox.ts';
import { newIntent } from './make-objects.ts';
import { believed, stripe } from './open-stripe.ts';

/** Unconfirmed: whether an account may charge a currency is not the question here. */
async function intentOf(amount: number, currency: string): Promise<string> {
  return (await newIntent({ amount, currency })).currency;
}

describe('an amount', () => {
  const smallest: [string, number][] = [
    ['usd', 50],
    ['eur', 50],
    ['gbp', 30],
    ['cad', 50],
    ['aud', 50],
    ['chf', 50],
    ['sek', 300],
    ['nok', 300],
    ['dkk', 250],
    ['pln', 200],
    ['hkd', 400],
    ['mxn', 1000],
    ['czk', 1500],
    ['huf', 17500],
    ['jpy', 50],
  ];
  test.each(smallest)('in %s starts at %i', async (currency, amount) => {
    expect(await intentOf(amount, currency)).toBe(currency);
    const error = await refusal(intentOf(amount - 1, currency));
    expect(error).toMatchObject({ statusCode: 400, code: 'amount_too_small' });
  });

  test('has at most eight digits', async () => {
    expect(await intentOf(99_999_999, 'usd')).toBe('usd');
    const error = await refusal(intentOf(100_000_000, 'usd'));
    expect(error).toMatchObject({ statusCode: 400, code: 'amount_too_large' });
  });

  test.each([0, -1])('of %i is no amount', async (amount) => {
    const error = await refusal(intentOf(amount, 'usd'));
    expect(error).toMatchObject({ statusCode: 400, param: 'amount' });
  });

  test('may name its currency in capitals, and reads in small letters', async () => {
    expect(await intentOf(1099, 'USD')).toBe('usd');
  });

  test.each(['jpy', 'krw', 'vnd', 'clp', 'xof'])('in %s counts whole units', async (currency) => {
    const intent = await newIntent({ amount: 50_000, currency });
    expect(intent.amount).toBe(50_000);
  });

  test.each(['isk', 'ugx'])(
    'in %s has no fraction, though it is written with one',
    async (currency) => {
      expect(await intentOf(500_000, currency)).toBe(currency);
      expect(await refusal(intentOf(500_050, currency))).toMatchObject({ statusCode: 400 });
    },
  );

  test.each(['kwd', 'bhd', 'jod', 'omr', 'tnd'])('in %s ends in a zero', async (currency) => {
    expect(await intentOf(5_000, currency)).toBe(currency);
    expect(await refusal(intentOf(5_005, currency))).toMatchObject({ statusCode: 400 });
  });

  test.each(['huf', 'twd', 'cop'])('in %s has two decimals when charged', async (currency) => {
    expect(await intentOf(1_000_099, currency)).toBe(currency);
  });

  believed('that is updated is held to the same rules', async () => {
    const intent = await newIntent();
    const error = await refusal(stripe.paymentIntents.update(intent.id, { amount: 1 }));
    expect(error.code).toBe('amount_too_small');
  });
});
