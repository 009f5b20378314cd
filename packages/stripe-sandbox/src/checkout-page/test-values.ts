/** What one press fills in: input ids and their values, as they would be typed. */
export type TestValue = {
  icon: string;
  shown: string;
  does: string;
  fill: { [id: string]: string };
};

type Listed = { icon: string; value: string; does: string };

/** The cards a person reaches for first; every other number of Stripe's can be typed. */
const CARDS: readonly Listed[] = [
  { icon: 'visa', value: '4242424242424242', does: 'Succeeds' },
  { icon: 'mastercard', value: '5555555555554444', does: 'Succeeds' },
  { icon: 'visa', value: '4000002500003155', does: 'Authenticate once' },
  { icon: 'visa', value: '4000002760003184', does: 'Authenticate always' },
  { icon: 'visa', value: '4000000000000341', does: 'Saved, declined later' },
  { icon: 'visa', value: '4000000000000002', does: 'Declined' },
  { icon: 'visa', value: '4000000000009995', does: 'Insufficient funds' },
];

/** stripe.md 8.2. */
const IBANS: readonly Listed[] = [
  { icon: 'sepa', value: 'AT611904300234573201', does: 'Succeeds' },
  { icon: 'sepa', value: 'AT321904300235473204', does: 'Succeeds in 3 min' },
  { icon: 'sepa', value: 'AT861904300235473202', does: 'Fails' },
  { icon: 'sepa', value: 'AT981904300002222227', does: 'Insufficient funds' },
  { icon: 'sepa', value: 'AT591904300235473203', does: 'Disputed later' },
];

const BECS_ACCOUNTS: readonly Listed[] = [
  { icon: 'bank', value: '900123456', does: 'Succeeds' },
  { icon: 'bank', value: '111111113', does: 'Account closed' },
  { icon: 'bank', value: '222222227', does: 'Insufficient funds' },
];

const US_ACCOUNTS: readonly Listed[] = [
  { icon: 'bank', value: '000123456789', does: 'Succeeds' },
  { icon: 'bank', value: '000111111113', does: 'Account closed' },
  { icon: 'bank', value: '000222222227', does: 'Insufficient funds' },
  { icon: 'bank', value: '000666666661', does: 'Deposits fail' },
  { icon: 'bank', value: '000555555559', does: 'Disputed later' },
];

const NAME = 'Test Shopper';

function listed(values: readonly Listed[], fill: (value: string) => TestValue['fill']) {
  return values.map(({ icon, value, does }) => ({ icon, does, shown: value, fill: fill(value) }));
}

/** In groups of four, as it is written on a card or a bank statement. */
function inFours(values: TestValue[]): TestValue[] {
  return values.map((value) => ({
    ...value,
    shown: value.shown.replace(/(.{4})(?=.)/g, '$1 '),
  }));
}

/** The test values of one payment method type, the one that succeeds first. */
export function testValues(type: string): TestValue[] {
  switch (type) {
    case 'card':
      return inFours(
        listed(CARDS, (number) => ({ number, cvc: '123', name: NAME, postalCode: '94107' })),
      );
    case 'sepa_debit':
      return inFours(listed(IBANS, (iban) => ({ iban, 'sepa-name': NAME })));
    case 'au_becs_debit':
      return listed(BECS_ACCOUNTS, (account) => ({
        bsb: '000-000',
        'becs-account': account,
        'becs-name': NAME,
      })).map((value) => ({ ...value, shown: `000-000 ${value.shown}` }));
    case 'us_bank_account':
      return listed(US_ACCOUNTS, (account) => ({
        'us-routing': '110000000',
        'us-account': account,
        'us-name': NAME,
      })).map((value) => ({ ...value, shown: `110000000 ${value.shown}` }));
    default:
      return [{ icon: 'tick', shown: 'Fill in', does: NAME, fill: { [`${type}-name`]: NAME } }];
  }
}
