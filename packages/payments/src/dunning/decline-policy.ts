export interface Declined {
  code: string | null;
  declineCode: string | null;
  adviceCode: string | null;
  networkAdviceCode: string | null;
  paymentMethodType: string;
}
export interface Decision {
  kind: 'authenticate' | 'another_method' | 'later' | 'never_with_this_method';
  reason: string;
}
export function decideAfterDecline(d: Declined): Decision {
  const c = d.declineCode ?? d.code ?? '';
  if (c.startsWith('authentication')) return { kind: 'authenticate', reason: 'authenticate' };
  if (d.adviceCode === 'try_again_later' || c === 'insufficient_funds')
    return { kind: 'later', reason: c };
  return { kind: 'another_method', reason: c };
}
