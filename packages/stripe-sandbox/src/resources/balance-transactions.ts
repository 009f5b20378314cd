import type Stripe from 'stripe';
import type { Account } from '../context.ts';
import { pathId } from '../endpoint.ts';
import type { Endpoint } from '../endpoint.ts';
import { getByPath } from '../get-object.ts';
import { idOf, newId } from '../ids.ts';
import { listPage } from '../list-page.ts';
import { text } from '../params.ts';

const DAY = 24 * 60 * 60;

type NewBalanceTransaction = {
  /** Minor units; negative when money leaves the balance. */
  amount: number;
  /** What Stripe keeps, minor units; absent: none. */
  fee?: number;
  currency: string;
  type: Stripe.BalanceTransaction.Type;
  /** The charge, refund or dispute behind it. */
  source: string;
  description: string | null;
  /** In the available balance now, not in two days. */
  atOnce?: boolean;
};

/** 2.9 % and 30 minor units, as Stripe's list price for cards. */
export function processingFee(amount: number): number {
  return Math.round(amount * 0.029) + 30;
}

/** Makes and keeps one line of the account's balance. */
export function makeBalanceTransaction(
  account: Account,
  given: NewBalanceTransaction,
): Stripe.BalanceTransaction {
  const now = account.ctx.clock.seconds();
  const { amount, currency, fee = 0 } = given;
  const object: Stripe.BalanceTransaction = {
    id: newId('txn'),
    object: 'balance_transaction',
    amount,
    available_on: given.atOnce === true ? now : now + 2 * DAY,
    balance_type: 'payments',
    created: now,
    currency,
    description: given.description,
    exchange_rate: null,
    fee,
    fee_details:
      fee === 0
        ? []
        : [
            {
              amount: fee,
              application: null,
              currency,
              description: given.type === 'adjustment' ? 'Dispute fee' : 'Stripe processing fees',
              type: 'stripe_fee',
            },
          ],
    net: amount - fee,
    reporting_category: CATEGORIES[given.type] ?? given.type,
    source: given.source,
    status: given.atOnce === true ? 'available' : 'pending',
    type: given.type,
  };
  account.ctx.store.insert(account.id, 'balance_transaction', { object, hidden: {} });
  return object;
}

const CATEGORIES: { [type: string]: string } = {
  payment: 'charge',
  payment_refund: 'refund',
  payment_failure_refund: 'refund_failure',
  adjustment: 'dispute',
};

/** Pending until the day the funds arrive; nothing has to wake up for that. */
function asOfNow(account: Account, object: Stripe.BalanceTransaction): Stripe.BalanceTransaction {
  const arrived = object.available_on <= account.ctx.clock.seconds();
  return arrived ? { ...object, status: 'available' } : object;
}

export const BALANCE_TRANSACTION_ENDPOINTS: readonly Endpoint[] = [
  {
    method: 'GET',
    path: '/v1/balance_transactions',
    answer: ({ account, params }) => {
      const type = text(params, 'type');
      const currency = text(params, 'currency')?.toLowerCase();
      const source = text(params, 'source');
      const page = listPage(account, 'balance_transaction', '/v1/balance_transactions', params, {
        ...(type === undefined ? {} : { kinds: [type] }),
        matches: ({ object }) =>
          (currency === undefined || object.currency === currency) &&
          (source === undefined || idOf(object.source) === source),
      });
      return { ...page, data: page.data.map((object) => asOfNow(account, object)) };
    },
  },
  {
    method: 'GET',
    path: '/v1/balance_transactions/:id',
    answer: (call) => {
      const { object } = getByPath(call.account, 'balance_transaction', pathId(call));
      return asOfNow(call.account, object);
    },
  },
];
