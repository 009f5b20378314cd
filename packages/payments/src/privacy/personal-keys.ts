/**
 * Which fields of Stripe's objects tell who somebody is, or let whoever reads them in. Stripe's own
 * words, in v1 and v2; what they hold is masked with everything below it.
 */

/** Fields that are personal wherever they stand. */
const personalKeys = new Set([
  // Who it is
  'name',
  'nickname',
  'email',
  'phone',
  'dob',
  'date_of_birth',
  'gender',
  'individual',
  'identity',
  'representative',
  'owner',
  'billing_details',
  'customer_details',
  'collected_information',
  'shipping',
  'shipping_details',
  'id_number',
  'ssn_last_4',
  'tax_id',
  'tax_ids',
  'customer_tax_ids',
  // Where they are, and by which device
  'address',
  'line1',
  'line2',
  'city',
  'state',
  'town',
  'postal_code',
  'ip',
  'ip_address',
  'customer_purchase_ip',
  'user_agent',
  // What they typed, and what is told of them
  'custom_fields',
  'evidence',
  // What they pay with: brand and last four digits are enough to name it
  'account_number',
  'iban',
  'number',
  'cvc',
  // The same for one card wherever it is used: it links people
  'fingerprint',
]);

const personalEndings = ['_name', '_email', '_phone', '_address', '_ip'];

/** The bank, the shop and its goods have names, too. */
const impersonal = new Set(['bank_name', 'product_name']);

/** Whether a field tells who somebody is. */
export function isPersonalKey(key: string): boolean {
  if (impersonal.has(key)) return false;
  return personalKeys.has(key) || personalEndings.some((ending) => key.endsWith(ending));
}

/** Whether a field is a secret by its name: `client_secret`, `secret`, a token. */
export function isSecretKey(key: string): boolean {
  return /(secret|token|password)$/i.test(key);
}

/** Addresses of the shop's own pages, which let nobody in. */
const ownPages = new Set(['success_url', 'return_url', 'cancel_url']);

/** Whether a field is the address of a page at Stripe that shows its contents to whoever has it. */
export function isSecretPage(key: string, value: string): boolean {
  const isPage = key === 'url' || key.endsWith('_url') || key.endsWith('_pdf');
  return isPage && !ownPages.has(key) && /^https?:/i.test(value);
}
