import { answerClient, requireClientSecret } from '../client-access.ts';
import type { Account } from '../context.ts';
import { emitEvent } from '../emit-event.ts';
import type { Endpoint } from '../endpoint.ts';
import { SandboxError, invalidRequest, refusedByState } from '../errors.ts';
import type { StripeErrorBody } from '../errors.ts';
import { getByPath, save } from '../get-object.ts';
import { idOf } from '../ids.ts';
import { missing, text, texts } from '../params.ts';
import type { Params } from '../params.ts';
import type { Row } from '../stored-objects.ts';
import { finishSetup } from './confirm-setup-intent.ts';
import { recordSetupAttempt } from './setup-attempts.ts';
import { bankOf, startDebit } from './submit-debit.ts';

type Verdict = 'verified' | 'mismatch' | 'attempts_exceeded' | 'timeout' | 'never_arrived';
type IntentRow = Row<'setup_intent'> | Row<'payment_intent'>;

/** What the test mode makes of codes and amounts (stripe.md 8.2). */
const BY_CODE: { [code: string]: Verdict } = {
  SM11AA: 'verified',
  SM33CC: 'attempts_exceeded',
  SM44DD: 'timeout',
};
const BY_AMOUNTS: { [amounts: string]: Verdict } = {
  '32,45': 'verified',
  '10,11': 'attempts_exceeded',
  '40,41': 'timeout',
};

function isSetup(row: IntentRow): row is Row<'setup_intent'> {
  return row.object.object === 'setup_intent';
}

/**
 * The shopper says what the two small deposits were. Right: the account is verified, and the setup
 * succeeds or the debit starts. Wrong: 400, and they may try again; too often, or too late: the intent
 * needs another method.
 */
function verifyMicrodeposits(account: Account, row: IntentRow, params: Params): object {
  requireClientSecret(account, row.object, params);
  requireWaiting(row);
  const method = getByPath(account, 'payment_method', idOf(row.object.payment_method) ?? '');
  const given = readVerdict(params);
  const verdict = bankOf(method).depositsFail === true ? 'never_arrived' : given.verdict;
  if (verdict === 'mismatch') {
    throw refusedByState(
      'The amounts or the code provided do not match the ones that were sent to the bank account.',
      {
        code:
          given.kind === 'amounts'
            ? 'payment_method_microdeposit_verification_amounts_mismatch'
            : 'payment_method_microdeposit_verification_descriptor_code_mismatch',
        param: given.kind,
      },
    );
  }
  if (verdict !== 'verified') throw failVerification(account, row, method, verdict);
  method.hidden.verified = true;
  save(account, 'payment_method', method);
  if (isSetup(row)) finishSetup(account, row, method, true);
  else startDebit(account, row, method);
  return row.object;
}

function requireWaiting({ object }: IntentRow): void {
  if (
    object.status === 'requires_action' &&
    object.next_action?.type === 'verify_with_microdeposits'
  ) {
    return;
  }
  throw refusedByState(
    `This intent cannot be verified with microdeposits because it has a status of ${object.status}.`,
    { code: `${object.object}_unexpected_state` },
  );
}

function readVerdict(params: Params): { kind: 'amounts' | 'descriptor_code'; verdict: Verdict } {
  const amounts = texts(params, 'amounts');
  const code = text(params, 'descriptor_code');
  if (amounts !== undefined && code !== undefined) {
    throw invalidRequest(
      'You may only specify one of these parameters: amounts, descriptor_code.',
      { code: 'parameters_exclusive', param: 'amounts' },
    );
  }
  if (code !== undefined) {
    return { kind: 'descriptor_code', verdict: BY_CODE[code.toUpperCase()] ?? 'mismatch' };
  }
  if (amounts === undefined) throw missing('amounts');
  if (amounts.length !== 2) {
    throw invalidRequest('You must provide exactly two amounts.', {
      code: 'payment_method_microdeposit_verification_amounts_invalid',
      param: 'amounts',
    });
  }
  const sorted = amounts.map(Number).sort((a, b) => a - b);
  return { kind: 'amounts', verdict: BY_AMOUNTS[sorted.join(',')] ?? 'mismatch' };
}

const FAILURES = {
  attempts_exceeded: [
    'payment_method_microdeposit_verification_attempts_exceeded',
    'You have exceeded the number of allowed verification attempts.',
  ],
  timeout: [
    'payment_method_microdeposit_verification_timeout',
    'The bank account was not verified in time.',
  ],
  never_arrived: [
    'payment_method_microdeposit_failed',
    'Microdeposit transfers failed. Please check the account and routing numbers.',
  ],
} as const;

function failVerification(
  account: Account,
  row: IntentRow,
  method: Row<'payment_method'>,
  verdict: keyof typeof FAILURES,
): SandboxError {
  const [code, message] = FAILURES[verdict];
  const error: StripeErrorBody = {
    type: 'invalid_request_error',
    code,
    doc_url: `https://stripe.com/docs/error-codes/${code.replaceAll('_', '-')}`,
    message,
    payment_method: structuredClone(method.object),
  };
  row.object.status = 'requires_payment_method';
  row.object.payment_method = null;
  row.object.next_action = null;
  if (isSetup(row)) {
    row.object.last_setup_error = error;
    recordSetupAttempt(account, row, method, 'failed', error, true);
    save(account, 'setup_intent', row);
    emitEvent(account, 'setup_intent.setup_failed', row.object);
  } else {
    row.object.last_payment_error = error;
    save(account, 'payment_intent', row);
    emitEvent(account, 'payment_intent.payment_failed', row.object);
  }
  const body = { ...error, [row.object.object]: structuredClone(row.object) };
  return new SandboxError(400, body, 'outcome');
}

function endpoint(type: 'setup_intent' | 'payment_intent'): Endpoint {
  return {
    method: 'POST',
    path: `/v1/${type}s/:id/verify_microdeposits`,
    access: 'any',
    more: ['client_secret'],
    json: true,
    answer: ({ account, ids, params }) => {
      const id = ids.id ?? '';
      const row: IntentRow =
        type === 'setup_intent'
          ? getByPath(account, 'setup_intent', id)
          : getByPath(account, 'payment_intent', id);
      return answerClient(account, () => verifyMicrodeposits(account, row, params));
    },
  };
}

export const MICRODEPOSIT_ENDPOINTS: readonly Endpoint[] = [
  endpoint('setup_intent'),
  endpoint('payment_intent'),
];
