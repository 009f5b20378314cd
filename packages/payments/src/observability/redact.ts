/** Longest lists and deepest nesting that a line shows of what it is given. */
const mostItems = 100;
const deepest = 8;

const redacted = '[Redacted]';

/**
 * Names of fields whose values never reach a line, written without `_` and `-`: secrets, and bodies as
 * they came from Stripe (`raw` and `payload` of its SDK's errors repeat what else stands in them).
 */
const secretName =
  /(?:secrets?|secretkey|passwords?|passphrase|authorization|cookies?|tokens?|apikey|signature|rawbody)$|^(?:raw|payload|header|billingdetails|shipping|receiptemail)$/;

/** Shapes of secrets wherever they stand in a text; what is kept says what was taken out. */
const secretShapes: [RegExp, string][] = [
  [/\b([sr]k_(?:test|live)_)\w+/g, `$1${redacted}`],
  [/\b(whsec_)[\w+/=-]+/g, `$1${redacted}`],
  [/(_secret_)[A-Za-z0-9]+/g, `$1${redacted}`],
  [/\b(Bearer )[\w.~+/=-]{8,}/gi, `$1${redacted}`],
  [/(:\/\/[^\s/:@"]*:)[^\s/@"]+(?=@)/g, `$1${redacted}`],
  [/(\/recover\/)[\w-]{20,}/g, `$1${redacted}`],
];

/** Takes out of a text whatever looks like a secret. */
export function redactText(text: string): string {
  return secretShapes.reduce((kept, [shape, instead]) => kept.replace(shape, instead), text);
}

/** A copy of fields for a log line, with nothing in it that is named like a secret, however deep. */
export function redactFields(fields: Record<string, unknown>): Record<string, unknown> {
  return copyFields(fields, 0, []);
}

function copyFields(fields: object, depth: number, above: object[]): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [
      name,
      isSecretName(name) ? hide(value) : copy(value, depth + 1, [...above, fields]),
    ]),
  );
}

function isSecretName(name: string): boolean {
  return secretName.test(name.replaceAll(/[_-]/g, '').toLowerCase());
}

/** That there was none says something, and nothing secret. */
function hide(value: unknown): unknown {
  return value === null || value === undefined ? value : redacted;
}

function copy(value: unknown, depth: number, above: object[]): unknown {
  if (typeof value === 'bigint') return String(value);
  if (typeof value !== 'object' || value === null) return value;
  if (above.includes(value)) return '[Circular]';
  if (depth > deepest) return '[Deeper]';
  if (ArrayBuffer.isView(value)) return `[${value.byteLength} bytes]`;
  if (value instanceof Error) return copyError(value, depth, above);
  if (Array.isArray(value)) {
    return value.slice(0, mostItems).map((item) => copy(item, depth + 1, [...above, value]));
  }
  // What says itself how it is written: dates, addresses.
  if ('toJSON' in value && typeof value.toJSON === 'function') {
    return copy((value.toJSON as () => unknown)(), depth + 1, [...above, value]);
  }
  return copyFields(value, depth, above);
}

/** An error's message, stack and cause are none of its own enumerable fields. */
function copyError(error: Error, depth: number, above: object[]): Record<string, unknown> {
  const { message, stack, cause } = error;
  const type = error.constructor.name || error.name;
  const errors = error instanceof AggregateError ? { errors: error.errors as unknown } : {};
  const fields = {
    ...error,
    type,
    message,
    stack,
    ...(cause !== undefined && { cause }),
    ...errors,
  };
  return copyFields(fields, depth, [...above, error]);
}
