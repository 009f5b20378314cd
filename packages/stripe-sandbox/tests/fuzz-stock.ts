import type { Target } from './fuzz-target.ts';

/** Ids of all kinds, and two that requests need in order to go well. */
export type Stock = { ids: string[]; customer: string; paid: string };

const BACK = 'http://127.0.0.1:9/';
const MONEY = 'amount=1099&currency=usd';
const NOW = `confirm=true&return_url=${BACK}&payment_method=pm_card_visa`;
const ITEM = 'line_items[0][quantity]=1&line_items[0][price_data]';

/** Objects of each kind and state, so that requests get past the first check. Holds webhooks back. */
export async function stockShop(target: Target): Promise<Stock> {
  await target.fire({
    method: 'POST',
    path: '/_sandbox/webhooks',
    headers: { 'content-type': 'application/json' },
    body: '{"paused":true}',
  });
  const stock: Stock = {
    ids: ['pm_card_visa', 'pm_card_chargeCustomerFail'],
    customer: '',
    paid: '',
  };
  for (let count = 0; count < 4; count += 1) await fill(target, stock);
  for (const kind of ['charges', 'events', 'disputes', 'balance_transactions', 'refunds']) {
    const { text } = await target.fire({ path: `/v1/${kind}` });
    const { data } = JSON.parse(text) as { data: { id: string }[] };
    stock.ids.push(...data.map(({ id }) => id));
  }
  return stock;
}

async function fill(target: Target, stock: Stock): Promise<void> {
  const make = async (path: string, form: string): Promise<string> => {
    const answer = await target.post(path, form);
    const { id } = JSON.parse(answer.text) as { id?: unknown };
    if (typeof id !== 'string') throw new Error(`${path} made nothing: ${answer.text}`);
    stock.ids.push(id);
    return id;
  };
  stock.customer = await make('/v1/customers', 'email=ada@example.com');
  const mine = `customer=${stock.customer}`;
  const saved = await make('/v1/payment_methods/pm_card_visa/attach', mine);
  await make('/v1/payment_methods', 'type=card&card[token]=tok_visa');
  await make('/v1/payment_intents', MONEY);
  await make('/v1/payment_intents', `${MONEY}&${mine}&payment_method=${saved}`);
  await make('/v1/payment_intents', `${MONEY}&${NOW}&capture_method=manual`);
  await make('/v1/payment_intents', `${MONEY}&${NOW.replace('visa', 'createDispute')}`);
  stock.paid = await make('/v1/payment_intents', `${MONEY}&${NOW}`);
  await make('/v1/refunds', `payment_intent=${stock.paid}&amount=100`);
  await make('/v1/setup_intents', mine);
  await make('/v1/setup_intents', NOW);
  await make('/v1/checkout/sessions', `mode=setup&currency=usd&success_url=${BACK}`);
  await make(
    '/v1/checkout/sessions',
    `mode=payment&success_url=${BACK}&${ITEM}[currency]=usd&${ITEM}[unit_amount]=1099&${ITEM}[product_data][name]=x`,
  );
  const product = await make('/v1/products', 'name=A+desk');
  await make('/v1/prices', `product=${product}&currency=usd&unit_amount=1099`);
  await make('/v1/webhook_endpoints', `url=${BACK}&enabled_events[]=*`);
  const holder = 'billing_details[name]=Ada&billing_details[email]=ada@example.com';
  const debit = await make(
    '/v1/payment_methods',
    `type=sepa_debit&sepa_debit[iban]=AT611904300234573201&${holder}`,
  );
  const signed = `confirm=true&return_url=${BACK}&mandate_data[customer_acceptance][type]=offline`;
  await make(
    '/v1/payment_intents',
    `amount=1099&currency=eur&allowed_payment_method_types[]=sepa_debit&payment_method=${debit}&${signed}`,
  );
  const bank = await make(
    '/v1/payment_methods',
    `type=us_bank_account&us_bank_account[routing_number]=110000000&us_bank_account[account_number]=000123456789&us_bank_account[account_holder_type]=individual&${holder}`,
  );
  await make(
    '/v1/setup_intents',
    `${mine}&allowed_payment_method_types[]=us_bank_account&payment_method=${bank}&${signed}&payment_method_options[us_bank_account][verification_method]=microdeposits`,
  );
  const { text } = await target.fire({
    method: 'POST',
    path: '/v2/core/accounts',
    headers: { 'content-type': 'application/json' },
    body: '{"contact_email":"ada@example.com","configuration":{"customer":{}}}',
  });
  stock.ids.push((JSON.parse(text) as { id: string }).id);
}
