/** The countries whose banks compare the postal code; elsewhere the field is not shown. */
const WORDS: { [country: string]: string } = {
  US: 'ZIP',
  CA: 'Postal code',
  GB: 'Postal code',
  PR: 'ZIP',
};

/** Whether a billing address in this country needs its postal code. */
export function asksForPostalCode(country: string): boolean {
  return country in WORDS;
}

/** What the postal code is called in this country. */
export function postalCodeWords(country: string): string {
  return WORDS[country] ?? '';
}
