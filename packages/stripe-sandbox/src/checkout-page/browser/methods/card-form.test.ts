import { describe, expect, test } from 'vitest';
import { CARD_FORM } from './card-form.ts';

const now = { year: 2026, month: 11 };
const good: { [id: string]: string } = {
  number: '4242 4242 4242 4242',
  expiry: '12 / 34',
  cvc: '123',
  name: 'Ada Lovelace',
  country: 'US',
  postalCode: '94107',
};
const judge = (entry: { [id: string]: string }) => CARD_FORM.judge((id) => entry[id] ?? '', now);

describe('an entry of card details', () => {
  test('that is complete may be sent', () => {
    expect(judge(good)).toEqual({});
  });

  test('that is empty names every field, in the order they stand', () => {
    expect(Object.keys(judge({ country: 'US', name: ' ' }))).toEqual(CARD_FORM.fields);
  });

  test('needs no postal code where the country has none, and sends none', () => {
    const german: { [id: string]: string } = { ...good, country: 'DE', postalCode: '' };
    expect(judge(german)).toEqual({});
    expect(CARD_FORM.build((id) => german[id] ?? '', now)).not.toHaveProperty('postalCode');
  });

  test.each([
    ['number', '4242 4242 4242 424', 'Your card number is incomplete.'],
    ['number', '4242 4242 4242 4241', 'Your card number is invalid.'],
    ['expiry', '12 / 3', "Your card's expiration date is incomplete."],
    ['expiry', '13 / 34', "Your card's expiration date is invalid."],
    ['expiry', '10 / 26', "Your card's expiration date is in the past."],
    ['cvc', '12', "Your card's security code is incomplete."],
  ])('with %s %s says: %s', (field, value, message) => {
    expect(judge({ ...good, [field]: value })).toEqual({ [field]: message });
  });

  test('of an American Express card wants its four-digit code', () => {
    const amex = { ...good, number: '3782 822463 10005' };
    expect(judge(amex)).toHaveProperty('cvc');
    expect(judge({ ...amex, cvc: '1234' })).toEqual({});
  });
});
