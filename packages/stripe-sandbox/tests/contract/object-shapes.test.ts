import { describe, expect, test } from 'vitest';
import {
  chargeOffSession,
  idOf,
  newSetup,
  paymentSession,
  saveCard,
  setupSession,
} from './make-objects.ts';
import { stripe } from './open-stripe.ts';

/** The fields that the SDK's types say are always there; many of them may be null. */
const REQUIRED = {
  customer:
    'id object balance created default_source description email invoice_settings livemode metadata shipping',
  payment_method:
    'id object billing_details created customer customer_account livemode metadata type',
  card: 'brand checks country display_brand exp_month exp_year funding generated_from last4 networks regulated_status three_d_secure_usage wallet',
  setup_intent:
    'id object allowed_payment_method_types application automatic_payment_methods cancellation_reason client_secret created customer description excluded_payment_method_types last_setup_error latest_attempt livemode mandate metadata next_action on_behalf_of payment_method payment_method_configuration_details payment_method_options payment_method_types single_use_mandate status usage',
  payment_intent:
    'id object allowed_payment_method_types amount amount_capturable amount_received application application_fee_amount automatic_payment_methods canceled_at cancellation_reason capture_method client_secret confirmation_method created currency customer customer_account description excluded_payment_method_types last_payment_error latest_charge livemode managed_payments metadata next_action on_behalf_of payment_method payment_method_configuration_details payment_method_options payment_method_types payment_record processing receipt_email review setup_future_usage shipping source statement_descriptor statement_descriptor_suffix status transfer_group',
  charge:
    'id object amount amount_captured amount_refunded application application_fee application_fee_amount balance_transaction billing_details calculated_statement_descriptor captured created currency customer description disputed failure_balance_transaction failure_code failure_message fraud_details livemode metadata on_behalf_of outcome paid payment_intent payment_method payment_method_details receipt_email receipt_number receipt_url refunded review shipping source source_transfer statement_descriptor statement_descriptor_suffix status transfer_data transfer_group',
  refund:
    'id object amount balance_transaction charge created currency customer customer_account metadata payment_intent payment_method reason receipt_number source_transfer_reversal status transfer_reversal',
  event: 'id object api_version created data livemode pending_webhooks request type',
  session:
    'id object adaptive_pricing after_expiration allow_promotion_codes allowed_payment_method_types amount_subtotal amount_total automatic_tax billing_address_collection cancel_url client_reference_id client_secret collected_information consent consent_collection created currency currency_conversion custom_fields custom_text customer customer_account customer_creation customer_details customer_email discounts expires_at integration_identifier invoice invoice_creation livemode locale managed_payments metadata mode origin_context payment_intent payment_link payment_method_collection payment_method_configuration_details payment_method_options payment_method_types payment_status permissions recovered_from saved_payment_method_options setup_intent shipping_address_collection shipping_cost shipping_options status submit_type subscription success_url total_details ui_mode url wallet_options',
};

function lacking(object: object | undefined, kind: keyof typeof REQUIRED): string[] {
  return REQUIRED[kind].split(' ').filter((field) => !(field in (object ?? {})));
}

describe('every field that is always there is there, on', () => {
  test('a customer, its card and its charge', async () => {
    const saved = await saveCard();
    const paid = await chargeOffSession(saved, { expand: ['latest_charge'] });
    const method = await stripe.paymentMethods.retrieve(saved.payment_method);
    const refund = await stripe.refunds.create({ payment_intent: paid.id });
    const charge = await stripe.charges.retrieve(idOf(paid.latest_charge));
    expect(lacking(await stripe.customers.retrieve(saved.customer), 'customer')).toEqual([]);
    expect(lacking(method, 'payment_method')).toEqual([]);
    expect(lacking(method.card, 'card')).toEqual([]);
    expect(lacking(paid, 'payment_intent')).toEqual([]);
    expect(lacking(charge, 'charge')).toEqual([]);
    expect(lacking(refund, 'refund')).toEqual([]);
  });

  test('a SetupIntent and an event', async () => {
    const setup = await newSetup({ payment_method: 'pm_card_visa', confirm: true });
    expect(lacking(setup, 'setup_intent')).toEqual([]);
    const { data } = await stripe.events.list({ limit: 1 });
    expect(lacking(data[0], 'event')).toEqual([]);
  });

  test('a Checkout Session of each mode', async () => {
    expect(lacking(await setupSession(), 'session')).toEqual([]);
    expect(lacking(await paymentSession(), 'session')).toEqual([]);
  });
});

test('nothing here is live', async () => {
  const session = await setupSession();
  const customer = await stripe.customers.create({});
  expect([session.livemode, customer.livemode]).toEqual([false, false]);
});
