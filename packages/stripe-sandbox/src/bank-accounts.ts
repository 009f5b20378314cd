/** The bank debits the sandbox knows. */
export type DebitType = 'sepa_debit' | 'au_becs_debit' | 'us_bank_account';

/** Why a bank says no to a debit: a charge's `failure_code` (stripe.md 7, 8.2). */
export type DebitFailure =
  | 'incorrect_account_holder_name'
  | 'account_closed'
  | 'no_account'
  | 'insufficient_funds'
  | 'debit_not_authorized'
  | 'invalid_currency'
  | 'charge_exceeds_source_limit'
  | 'charge_exceeds_weekly_limit'
  | 'refer_to_customer'
  | 'bank_account_restricted';

/** What comes of a debit in the end. */
type DebitOutcome = 'succeed' | 'dispute' | 'stay_processing' | DebitFailure;

export type BankAccount = {
  type: DebitType;
  /** IBAN or account number: public test values that belong to nobody. */
  number: string;
  /** `success_at` answers to `pm_success_at`. */
  alias: string;
  outcome: DebitOutcome;
  /** Decided only after three minutes at least. */
  delayed?: boolean;
  /** The two small deposits that verify the account never arrive. */
  depositsFail?: boolean;
};

type SepaRow = [country: string, ...ibans: string[]];

/** Per country, in the order of `SEPA_OUTCOMES`. */
const SEPA_ROWS: readonly SepaRow[] = [
  [
    'at',
    'AT611904300234573201',
    'AT321904300235473204',
    'AT861904300235473202',
    'AT051904300235473205',
    'AT591904300235473203',
    'AT981904300000343434',
    'AT601904300000121212',
    'AT981904300002222227',
  ],
  [
    'de',
    'DE89370400440532013000',
    'DE08370400440532013003',
    'DE62370400440532013001',
    'DE78370400440532013004',
    'DE35370400440532013002',
    'DE65370400440000343434',
    'DE27370400440000121212',
    'DE65370400440002222227',
  ],
  [
    'fr',
    'FR1420041010050500013M02606',
    'FR3020041010050500013M02609',
    'FR8420041010050500013M02607',
    'FR7920041010050500013M02600',
    'FR5720041010050500013M02608',
    'FR9720041010050000000343434',
    'FR5920041010050000000121212',
    'FR9720041010050000002222227',
  ],
  [
    'ie',
    'IE29AIBK93115212345678',
    'IE24AIBK93115212345671',
    'IE02AIBK93115212345679',
    'IE94AIBK93115212345672',
    'IE51AIBK93115212345670',
    'IE10AIBK93115200343434',
    'IE69AIBK93115200121212',
    'IE10AIBK93115202222227',
  ],
  [
    'lu',
    'LU280019400644750000',
    'LU440019400644750003',
    'LU980019400644750001',
    'LU170019400644750004',
    'LU710019400644750002',
    'LU900010000000343434',
    'LU520010000000121212',
    'LU900010000002222227',
  ],
  ['be', 'BE62510007547061'],
  ['nl', 'NL39RABO0300065264'],
];

const SEPA_OUTCOMES: readonly [name: string, outcome: DebitOutcome, delayed?: true][] = [
  ['success', 'succeed'],
  ['successDelayed', 'succeed', true],
  ['failed', 'incorrect_account_holder_name'],
  ['failedDelayed', 'incorrect_account_holder_name', true],
  ['disputed', 'dispute'],
  ['exceedsWeeklyVolumeLimit', 'charge_exceeds_source_limit'],
  ['exceedsWeeklyTransactionLimit', 'charge_exceeds_weekly_limit'],
  ['insufficientFunds', 'insufficient_funds'],
];

function sepaAccounts(): BankAccount[] {
  return SEPA_ROWS.flatMap(([country, ...ibans]) =>
    ibans.flatMap((number, index): BankAccount[] => {
      const row = SEPA_OUTCOMES[index];
      if (row === undefined) return [];
      const [name, outcome, delayed] = row;
      return [
        {
          type: 'sepa_debit',
          number,
          alias: `${name}_${country}`,
          outcome,
          ...(delayed === true ? { delayed } : {}),
        },
      ];
    }),
  );
}

function becs(number: string, name: string, outcome: DebitOutcome): BankAccount {
  return { type: 'au_becs_debit', number, alias: `auBecsDebit_${name}`, outcome };
}

function ach(
  number: string,
  name: string,
  outcome: DebitOutcome,
  more: Partial<BankAccount> = {},
): BankAccount {
  return { type: 'us_bank_account', number, alias: `usBankAccount_${name}`, outcome, ...more };
}

/** Stripe's test bank accounts (stripe.md 8.2). */
const BANK_ACCOUNTS: readonly BankAccount[] = [
  ...sepaAccounts(),
  // The account of the Stripe CLI's checkout.session.async_payment_failed.
  {
    type: 'sepa_debit',
    number: 'IT60X0542811101000000123456',
    alias: 'failed_it',
    outcome: 'incorrect_account_holder_name',
  },
  becs('900123456', 'success', 'succeed'),
  becs('111111113', 'accountClosed', 'account_closed'),
  becs('111111116', 'noAccount', 'no_account'),
  becs('222222227', 'insufficientFunds', 'insufficient_funds'),
  becs('333333335', 'debitNotAuthorized', 'debit_not_authorized'),
  becs('666666660', 'referToCustomer', 'refer_to_customer'),
  ach('000123456789', 'success', 'succeed'),
  ach('000111111113', 'accountClosed', 'account_closed'),
  ach('000111111116', 'noAccount', 'no_account'),
  ach('000222222227', 'insufficientFunds', 'insufficient_funds'),
  ach('000333333335', 'debitNotAuthorized', 'debit_not_authorized'),
  ach('000444444440', 'invalidCurrency', 'invalid_currency'),
  ach('000666666661', 'failMicrodeposits', 'succeed', { depositsFail: true }),
  ach('000555555559', 'dispute', 'dispute'),
  ach('000000000009', 'processing', 'stay_processing'),
  ach('000777777771', 'weeklyLimitExceeded', 'charge_exceeds_weekly_limit'),
];

const MORE_ALIASES: { [alias: string]: string } = {
  sepaDebit: 'success_de',
  auBecsDebit: 'auBecsDebit_success',
  usBankAccount: 'usBankAccount_success',
};

const byAlias = new Map(BANK_ACCOUNTS.map((row) => [row.alias, row]));
const byNumber = new Map(BANK_ACCOUNTS.map((row) => [`${row.type} ${row.number}`, row]));

/** The row behind `pm_success_de`, `pm_usBankAccount_success`, or a bare alias. */
export function findBankAccount(idOrAlias: string): BankAccount | undefined {
  const alias = idOrAlias.replace(/^pm_/, '');
  return byAlias.get(alias) ?? byAlias.get(MORE_ALIASES[alias] ?? '');
}

/** The row of a typed IBAN or account number, without spaces. */
export function findBankAccountByNumber(type: DebitType, number: string): BankAccount | undefined {
  return byNumber.get(`${type} ${number}`);
}

/** Whether the letters and digits of an IBAN fit together (ISO 13616: remainder 1 of 97). */
export function isIban(iban: string): boolean {
  if (!/^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/.test(iban)) return false;
  const digits = [...iban.slice(4), ...iban.slice(0, 4)]
    .map((character) => parseInt(character, 36).toString())
    .join('');
  let remainder = 0;
  for (const digit of digits) remainder = (remainder * 10 + Number(digit)) % 97;
  return remainder === 1;
}
