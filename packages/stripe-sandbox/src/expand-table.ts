import type { StoredType } from './stored-objects.ts';

/** The types an id may be of; none: Stripe expands it, and in the sandbox it is always null. */
type Behind = readonly StoredType[];

const NOTHING: Behind = [];
const CUSTOMER: Behind = ['customer'];
const METHOD: Behind = ['payment_method'];
const CHARGE: Behind = ['charge'];
const INTENT: Behind = ['payment_intent'];
const MANDATE: Behind = ['mandate'];
const TRANSACTION: Behind = ['balance_transaction'];
const SOURCE_OF_DEBIT = {
  'payment_method_details.*.generated_sepa_debit': METHOD,
  'payment_method_details.*.generated_sepa_debit_mandate': MANDATE,
};
const EVIDENCE_FILES = [
  'cancellation_policy',
  'customer_communication',
  'customer_signature',
  'duplicate_charge_documentation',
  'receipt',
  'refund_policy',
  'service_documentation',
  'shipping_documentation',
  'uncategorized_file',
].map((name) => [`evidence.${name}`, ['file']] as const satisfies [string, Behind]);

/**
 * Which fields hold ids that `expand[]` may replace, by object and path inside it: those that the SDK
 * types as `string | Something`. A star stands for one name. `customer_account` is not among them.
 */
const EXPANDABLE: { [object: string]: { [path: string]: Behind } } = {
  balance_transaction: { source: ['charge', 'refund', 'dispute'] },
  'billing_portal.session': { configuration: NOTHING },
  charge: {
    application: NOTHING,
    application_fee: NOTHING,
    balance_transaction: TRANSACTION,
    customer: CUSTOMER,
    failure_balance_transaction: TRANSACTION,
    on_behalf_of: NOTHING,
    'outcome.rule': NOTHING,
    payment_intent: INTENT,
    'payment_method_details.card.mandate': MANDATE,
    'payment_method_details.us_bank_account.mandate': MANDATE,
    review: NOTHING,
    source_transfer: NOTHING,
    transfer: NOTHING,
    'transfer_data.destination': NOTHING,
    ...SOURCE_OF_DEBIT,
  },
  'checkout.session': {
    'automatic_tax.liability.account': NOTHING,
    customer: CUSTOMER,
    invoice: NOTHING,
    'invoice_creation.invoice_data.issuer.account': NOTHING,
    payment_intent: INTENT,
    payment_link: NOTHING,
    setup_intent: ['setup_intent'],
    'shipping_cost.shipping_rate': NOTHING,
    subscription: NOTHING,
  },
  confirmation_token: {
    'payment_method_preview.card.generated_from.setup_attempt': ['setup_attempt'],
    'payment_method_preview.customer': CUSTOMER,
    'payment_method_preview.sepa_debit.generated_from.charge': CHARGE,
    'payment_method_preview.sepa_debit.generated_from.setup_attempt': ['setup_attempt'],
  },
  customer: {
    default_source: NOTHING,
    'invoice_settings.default_payment_method': METHOD,
    test_clock: NOTHING,
  },
  customer_session: { customer: CUSTOMER },
  dispute: {
    charge: CHARGE,
    payment_intent: INTENT,
    ...Object.fromEntries(EVIDENCE_FILES),
  },
  file_link: { file: ['file'] },
  item: { price: ['price'] },
  mandate: { payment_method: METHOD },
  payment_intent: {
    application: NOTHING,
    customer: CUSTOMER,
    latest_charge: CHARGE,
    on_behalf_of: NOTHING,
    payment_method: METHOD,
    payment_record: NOTHING,
    review: NOTHING,
    source: NOTHING,
    'transfer_data.destination': NOTHING,
  },
  payment_method: {
    'card.generated_from.setup_attempt': ['setup_attempt'],
    customer: CUSTOMER,
    'sepa_debit.generated_from.charge': CHARGE,
    'sepa_debit.generated_from.setup_attempt': ['setup_attempt'],
  },
  price: { product: ['product'] },
  product: { default_price: ['price'], tax_code: NOTHING },
  refund: {
    balance_transaction: TRANSACTION,
    charge: CHARGE,
    customer: CUSTOMER,
    failure_balance_transaction: TRANSACTION,
    payment_intent: INTENT,
    payment_method: METHOD,
    source_transfer_reversal: NOTHING,
    transfer_reversal: NOTHING,
  },
  setup_attempt: {
    application: NOTHING,
    customer: CUSTOMER,
    on_behalf_of: NOTHING,
    payment_method: METHOD,
    'payment_method_details.card_present.generated_card': NOTHING,
    setup_intent: ['setup_intent'],
    ...SOURCE_OF_DEBIT,
  },
  setup_intent: {
    application: NOTHING,
    customer: CUSTOMER,
    latest_attempt: ['setup_attempt'],
    mandate: MANDATE,
    on_behalf_of: NOTHING,
    payment_method: METHOD,
    single_use_mandate: MANDATE,
  },
};

/** What may stand behind the id at the beginning of a path, and how many of its levels lead there. */
export function findExpandable(
  object: string,
  levels: readonly string[],
): { behind: Behind; length: number } | undefined {
  for (const [pattern, behind] of Object.entries(EXPANDABLE[object] ?? {})) {
    const names = pattern.split('.');
    const fits = names.every((name, index) =>
      name === '*' ? levels[index] !== undefined : name === levels[index],
    );
    if (fits) return { behind, length: names.length };
  }
  return undefined;
}
