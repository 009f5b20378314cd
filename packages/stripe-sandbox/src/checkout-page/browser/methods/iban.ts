/** IBAN lengths of the countries in the SEPA scheme (IBAN registry, ISO 13616). */
const LENGTHS: { [country: string]: number } = {
  AD: 24,
  AT: 20,
  BE: 16,
  BG: 22,
  CH: 21,
  CY: 28,
  CZ: 24,
  DE: 22,
  DK: 18,
  EE: 20,
  ES: 24,
  FI: 18,
  FR: 27,
  GB: 22,
  GI: 23,
  GR: 27,
  HR: 21,
  HU: 28,
  IE: 22,
  IS: 26,
  IT: 27,
  LI: 21,
  LT: 20,
  LU: 20,
  LV: 21,
  MC: 27,
  MT: 31,
  NL: 18,
  NO: 15,
  PL: 28,
  PT: 25,
  RO: 24,
  SE: 24,
  SI: 19,
  SK: 24,
  SM: 27,
  VA: 22,
};

/** Letters and digits only, in capitals. */
export function plainIban(text: string): string {
  return text.toUpperCase().replace(/[^A-Z0-9]/g, '');
}

/** In groups of four, and no longer than its country's are. */
export function formatIban(text: string): string {
  const plain = plainIban(text);
  const whole = plain.slice(0, LENGTHS[plain.slice(0, 2)] ?? 34);
  return whole.replace(/(.{4})(?=.)/g, '$1 ');
}

/** True once the IBAN has all characters that its country's have. */
export function isWholeIban(text: string): boolean {
  const plain = plainIban(text);
  return plain.length === LENGTHS[plain.slice(0, 2)];
}

/** ISO 7064 mod 97-10: the first four characters to the end, letters as 10 to 35, remainder 1. */
function passesMod97(plain: string): boolean {
  let remainder = 0;
  for (const character of plain.slice(4) + plain.slice(0, 4)) {
    for (const digit of parseInt(character, 36).toString()) {
      remainder = (remainder * 10 + Number(digit)) % 97;
    }
  }
  return remainder === 1;
}

/** What is wrong with an IBAN, in words for the shopper; undefined when nothing is. */
export function judgeIban(text: string): string | undefined {
  const plain = plainIban(text);
  if (plain === '') return 'Enter your IBAN.';
  if (plain.length >= 2 && LENGTHS[plain.slice(0, 2)] === undefined) {
    return 'Your IBAN should start with the code of a country in the SEPA area, such as DE.';
  }
  if (!isWholeIban(plain)) return 'Your IBAN is incomplete.';
  return passesMod97(plain) ? undefined : 'Your IBAN is invalid.';
}
