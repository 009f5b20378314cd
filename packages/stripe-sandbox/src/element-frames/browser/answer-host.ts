import type { StripeError } from '@stripe/stripe-js';
import type { FrameAsk, FrameKind, FrameSettings } from '../../stripe-js/element-messages.ts';
import { createMethod } from './create-method.ts';
import { describeChange } from './describe-change.ts';
import { faultsInUse, showFault } from './frame-fields.ts';
import type { Fault } from './judge-field.ts';
import { chosenMethod } from './payment-choice.ts';
import { askSiblings } from './split-card.ts';

const TYPES: Partial<Record<FrameKind, string>> = {
  iban: 'sepa_debit',
  auBankAccount: 'au_becs_debit',
};

function typeOf(kind: FrameKind): string {
  return kind === 'payment' ? chosenMethod().type : (TYPES[kind] ?? 'card');
}

function errorOf(fault: Fault): StripeError {
  return { type: 'validation_error', ...fault };
}

/** Shows every fault and puts the shopper at the first one. */
function showFaults(): Fault | undefined {
  const faults = faultsInUse();
  for (const { input, fault } of faults) showFault(input, fault);
  faults[0]?.input.focus();
  return faults[0]?.fault;
}

/** What the page around asks; the answer holds no number. */
export async function answerHost(settings: FrameSettings, ask: FrameAsk): Promise<unknown> {
  const { kind, group } = settings;
  if (ask.call === 'value') return describeChange(settings);
  const saved = kind === 'payment' ? chosenMethod().saved : undefined;
  const fault = saved === undefined ? showFaults() : undefined;
  if (ask.call === 'validate') {
    return { type: typeOf(kind), ...(fault ? { error: errorOf(fault) } : {}) };
  }
  if (saved !== undefined)
    return { ok: true, paymentMethod: { id: saved, type: 'card' }, save: false };
  if (fault) return { ok: false, error: errorOf(fault) };
  const parts = kind === 'cardNumber' ? await askSiblings(group) : [];
  const missing = parts.find((part) => part.fault !== undefined)?.fault;
  if (missing) return { ok: false, error: errorOf(missing) };
  return createMethod(settings, typeOf(kind), ask.extras, parts);
}
