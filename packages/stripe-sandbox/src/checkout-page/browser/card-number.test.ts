import { describe, expect, test } from 'vitest';
import {
  brandOf,
  cvcLengthFor,
  groupCardNumber,
  hasCardLength,
  isFullLength,
  passesLuhn,
} from './card-number.ts';

describe('a card number', () => {
  test.each([
    ['4242424242424242', 'visa', '4242 4242 4242 4242'],
    ['5555555555554444', 'mastercard', '5555 5555 5555 4444'],
    ['2223003122003222', 'mastercard', '2223 0031 2200 3222'],
    ['378282246310005', 'amex', '3782 822463 10005'],
    ['6011111111111117', 'discover', '6011 1111 1111 1117'],
    ['36227206271667', 'diners', '3622 720627 1667'],
    ['3566002020360505', 'jcb', '3566 0020 2036 0505'],
    ['6205500000000000004', 'unionpay', '6205 5000 0000 0000 004'],
    ['9999', 'unknown', '9999'],
  ])('%s is %s and is shown as %s', (digits, brand, shown) => {
    expect(brandOf(digits)).toBe(brand);
    expect(groupCardNumber(digits)).toBe(shown);
  });

  test('takes no more digits than its network has', () => {
    expect(groupCardNumber('42424242424242429999')).toBe('4242 4242 4242 4242');
    expect(isFullLength('4242424242424242')).toBe(true);
    expect(isFullLength('424242424242424')).toBe(false);
  });

  test('of UnionPay may have 13 to 19 digits', () => {
    expect(hasCardLength('6205500000000')).toBe(true);
    expect(hasCardLength('6205500000000000004')).toBe(true);
    expect(hasCardLength('62055')).toBe(false);
  });

  test('with a wrong check digit is refused', () => {
    expect(passesLuhn('4242424242424242')).toBe(true);
    expect(passesLuhn('4242424242424241')).toBe(false);
    expect(passesLuhn('')).toBe(false);
  });

  test('of American Express has a security code of 4 digits, all others 3', () => {
    expect(cvcLengthFor('378282246310005')).toBe(4);
    expect(cvcLengthFor('4242424242424242')).toBe(3);
  });
});
