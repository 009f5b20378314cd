import type { PaymentPlan } from '@onfile/payments/checkout/payment-plan.ts';

export interface DemoProduct {
  slug: string;
  name: string;
  description: string;
  currency: string;
  amountMinor: number;
  plan: PaymentPlan;
  /** Sold by a Price that is made at the sandbox beforehand. */
  hasPrice?: true;
}

/**
 * Something of each plan in US dollars, euros and yen, and something to buy in each currency that has a
 * debit of its own.
 */
export const demoProducts: DemoProduct[] = [
  {
    slug: 'lake-cabin',
    name: 'Cabin by the lake',
    description: 'A weekend for four, with a boat and firewood.',
    currency: 'usd',
    amountMinor: 32_000,
    plan: { kind: 'deposit', depositPercent: 30, balanceDaysBefore: 14 },
  },
  {
    slug: 'massage',
    name: 'Massage, one hour',
    description: 'In our studio, with a therapist of your choice.',
    currency: 'usd',
    amountMinor: 9_000,
    plan: { kind: 'card_kept', feePercent: 50, freeCancellationHours: 48 },
  },
  {
    slug: 'camera',
    name: 'Camera for a day',
    description: 'A full-frame camera with two lenses. The day is on us.',
    currency: 'usd',
    amountMinor: 25_000,
    plan: { kind: 'hold', daysBefore: 2 },
  },
  {
    slug: 'print',
    name: 'Signed print',
    description: 'The lake at dawn, on heavy paper.',
    currency: 'usd',
    amountMinor: 3_500,
    plan: { kind: 'full' },
    hasPrice: true,
  },
  {
    slug: 'coffee',
    name: 'Coffee for a month',
    description: 'Two bags, roasted on the day they leave.',
    currency: 'eur',
    amountMinor: 4_800,
    plan: { kind: 'full' },
  },
  {
    slug: 'desk-lamp',
    name: 'Restored desk lamp',
    description: 'From the fifties, rewired. There is one of each.',
    currency: 'eur',
    amountMinor: 18_000,
    plan: { kind: 'check_stock' },
  },
  {
    slug: 'tea-bowl',
    name: 'Tea bowl',
    description: 'Fired in our own kiln, each a little different.',
    currency: 'jpy',
    amountMinor: 5_400,
    plan: { kind: 'check_stock' },
  },
  {
    slug: 'beach-towel',
    name: 'Beach towel',
    description: 'Woven from thick cotton, large enough for two.',
    currency: 'aud',
    amountMinor: 4_400,
    plan: { kind: 'full' },
  },
  {
    slug: 'sailing-course',
    name: 'Sailing course, five days',
    description: 'For beginners, with a licence at the end.',
    currency: 'eur',
    amountMinor: 42_000,
    plan: { kind: 'deposit', depositPercent: 25, balanceDaysBefore: 21 },
  },
  {
    slug: 'dental-check',
    name: 'Dental check-up',
    description: 'Half an hour. The visit is paid at the desk.',
    currency: 'eur',
    amountMinor: 8_000,
    plan: { kind: 'card_kept', feePercent: 50, freeCancellationHours: 24 },
  },
  {
    slug: 'bicycle',
    name: 'Touring bicycle for a day',
    description: 'Helmet and lock come with it. The day is on us.',
    currency: 'eur',
    amountMinor: 15_000,
    plan: { kind: 'hold', daysBefore: 2 },
  },
  {
    slug: 'inn-night',
    name: 'A night at the inn',
    description: 'Tatami room, dinner and breakfast for two.',
    currency: 'jpy',
    amountMinor: 38_000,
    plan: { kind: 'deposit', depositPercent: 20, balanceDaysBefore: 7 },
  },
  {
    slug: 'tea-ceremony',
    name: 'Tea ceremony',
    description: 'An hour in the garden house, for one guest.',
    currency: 'jpy',
    amountMinor: 6_000,
    plan: { kind: 'card_kept', feePercent: 100, freeCancellationHours: 24 },
  },
  {
    slug: 'kimono',
    name: 'Kimono for an afternoon',
    description: 'We dress you. The amount is held in case of damage.',
    currency: 'jpy',
    amountMinor: 20_000,
    plan: { kind: 'hold', daysBefore: 2 },
  },
  {
    slug: 'wrapping-cloth',
    name: 'Wrapping cloth',
    description: 'Dyed by hand with indigo.',
    currency: 'jpy',
    amountMinor: 2_800,
    plan: { kind: 'full' },
  },
];
