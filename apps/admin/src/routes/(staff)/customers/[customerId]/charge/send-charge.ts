import { TRPCClientError } from '@trpc/client';
import type { AdminRouter } from '@onfile/api/admin/router.ts';
import { m } from '@onfile/messages/messages.js';
import type { PaymentSummary } from '#lib/api-types.ts';
import { trpc } from '#lib/trpc.ts';

type ChargeInput = Parameters<typeof trpc.payments.charge.mutate>[0];

export type Sent =
  | { kind: 'payment' }
  | { kind: 'duplicate'; payment: PaymentSummary }
  | { kind: 'refused'; field: string | null; sentence: string };

/**
 * Sends a charge. A missing answer is not a refusal: the charge request may be sent again as often
 * as it takes, and makes one payment.
 */
export async function sendCharge(input: ChargeInput): Promise<Sent> {
  try {
    const answer = await trpc.payments.charge.mutate(input);
    return answer.kind === 'duplicate'
      ? { kind: 'duplicate', payment: answer.payment }
      : { kind: 'payment' };
  } catch (error) {
    const data = isAnswer(error) ? error.data : undefined;
    if (data?.refusal) return { kind: 'refused', ...data.refusal };
    const sentence = data?.faultId
      ? m.admin_charge_fault({ faultId: data.faultId })
      : m.admin_charge_no_answer();
    return { kind: 'refused', field: null, sentence };
  }
}

function isAnswer(error: unknown): error is TRPCClientError<AdminRouter> {
  return error instanceof TRPCClientError;
}
