import { invalidRequest } from '../errors.ts';
import { mergeMetadata } from '../metadata.ts';
import { clearable, hash, oneOf, text } from '../params.ts';
import type { Params } from '../params.ts';
import { readAddress } from '../resources/address.ts';
import type { HiddenFields } from '../stored-objects.ts';

type Payment = HiddenFields['checkout.session']['payment'];

export const FUTURE_USAGES = ['off_session', 'on_session'] as const;

/** Banks print at most this many characters on a statement. */
const LONGEST_DESCRIPTOR = 22;

/** `payment_intent_data`: what the session's PaymentIntent will be made with. */
export function readPaymentData(params: Params, usageByType: Payment['usageByType']): Payment {
  const data = hash(params, 'payment_intent_data') ?? { values: {}, at: 'payment_intent_data' };
  const email = text(data, 'receipt_email') ?? null;
  if (email !== null && !/^[^\s@]+@[^\s@]+$/.test(email)) {
    throw invalidRequest(`Invalid email address: ${email.slice(0, 60)}`, {
      code: 'email_invalid',
      param: 'payment_intent_data[receipt_email]',
    });
  }
  const capture = oneOf(data, 'capture_method', ['automatic', 'automatic_async', 'manual']);
  return {
    description: clearable(data, 'description') ?? null,
    metadata: mergeMetadata(data),
    setupFutureUsage: oneOf(data, 'setup_future_usage', FUTURE_USAGES) ?? null,
    usageByType,
    captureMethod: capture === 'manual' ? 'manual' : 'automatic_async',
    receiptEmail: email,
    shipping: readShipping(data),
    statementDescriptor: readDescriptor(data, 'statement_descriptor'),
    statementDescriptorSuffix: readDescriptor(data, 'statement_descriptor_suffix'),
  };
}

/** Text on the shopper's statement; null when absent or cleared. */
export function readDescriptor(data: Params, name: string): string | null {
  const value = clearable(data, name) ?? null;
  if (value === null) return null;
  const param = `${data.at}[${name}]`;
  if (value.length > LONGEST_DESCRIPTOR) {
    throw invalidRequest(
      `The statement descriptor must be at most ${String(LONGEST_DESCRIPTOR)} characters.`,
      { param },
    );
  }
  if (/[<>\\'"*]/.test(value) || !/[A-Za-z]/.test(value)) {
    throw invalidRequest(
      `The statement descriptor must contain at least one letter and none of < > \\ ' " *.`,
      { param },
    );
  }
  return value;
}

function readShipping(data: Params): Payment['shipping'] {
  const given = hash(data, 'shipping');
  if (given === undefined) return null;
  const address = readAddress(given, 'address');
  return {
    ...(address === undefined || address === null ? {} : { address }),
    carrier: clearable(given, 'carrier') ?? null,
    name: clearable(given, 'name') ?? '',
    phone: clearable(given, 'phone') ?? null,
    tracking_number: clearable(given, 'tracking_number') ?? null,
  };
}
