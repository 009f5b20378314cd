type Brand =
  'visa' | 'mastercard' | 'amex' | 'discover' | 'diners' | 'jcb' | 'unionpay' | 'unknown';

type BrandRule = {
  brand: Brand;
  starts: RegExp;
  lengths: readonly number[];
  groups: readonly number[];
  cvcLength: number;
};

const IN_FOURS = [4, 4, 4, 4, 3];

/** First match wins, so the narrow ranges stand before the wide ones. */
const RULES: readonly BrandRule[] = [
  { brand: 'visa', starts: /^4/, lengths: [16], groups: IN_FOURS, cvcLength: 3 },
  {
    brand: 'mastercard',
    starts: /^(5[1-5]|222[1-9]|22[3-9]|2[3-6]|27[01]|2720)/,
    lengths: [16],
    groups: IN_FOURS,
    cvcLength: 3,
  },
  { brand: 'amex', starts: /^3[47]/, lengths: [15], groups: [4, 6, 5], cvcLength: 4 },
  { brand: 'diners', starts: /^3(0[0-5]|[689])/, lengths: [14], groups: [4, 6, 4], cvcLength: 3 },
  {
    brand: 'jcb',
    starts: /^35(2[89]|[3-8])/,
    lengths: [16],
    groups: IN_FOURS,
    cvcLength: 3,
  },
  {
    brand: 'discover',
    starts: /^(6011|64[4-9]|65)/,
    lengths: [16],
    groups: IN_FOURS,
    cvcLength: 3,
  },
  {
    brand: 'unionpay',
    starts: /^(62|81)/,
    lengths: [13, 14, 15, 16, 17, 18, 19],
    groups: IN_FOURS,
    cvcLength: 3,
  },
];

const UNKNOWN: BrandRule = {
  brand: 'unknown',
  starts: /^/,
  lengths: [16],
  groups: IN_FOURS,
  cvcLength: 3,
};

function ruleFor(digits: string): BrandRule {
  return RULES.find((rule) => rule.starts.test(digits)) ?? UNKNOWN;
}

/** Which network a number belongs to, from as many digits as are typed so far. */
export function brandOf(digits: string): Brand {
  return ruleFor(digits).brand;
}

/** How many digits the security code of this number has: 4 for American Express, else 3. */
export function cvcLengthFor(digits: string): number {
  return ruleFor(digits).cvcLength;
}

/** Spaces a number as it stands on the card, and drops what no card of its network has room for. */
export function groupCardNumber(digits: string): string {
  const rule = ruleFor(digits);
  let rest = digits.slice(0, Math.max(...rule.lengths));
  const parts: string[] = [];
  for (const size of rule.groups) {
    if (rest === '') break;
    parts.push(rest.slice(0, size));
    rest = rest.slice(size);
  }
  return parts.join(' ');
}

/** True once no further digit can be typed: the moment to judge the number while typing. */
export function isFullLength(digits: string): boolean {
  return digits.length >= Math.max(...ruleFor(digits).lengths);
}

/** True when the number has one of the lengths of its network. */
export function hasCardLength(digits: string): boolean {
  return ruleFor(digits).lengths.includes(digits.length);
}

/** The check digit of ISO/IEC 7812 (Luhn). */
export function passesLuhn(digits: string): boolean {
  let sum = 0;
  for (let i = 0; i < digits.length; i += 1) {
    const digit = Number(digits[digits.length - 1 - i]);
    const doubled = i % 2 === 1 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return digits.length > 0 && sum % 10 === 0;
}
