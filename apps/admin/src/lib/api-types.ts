import type { inferRouterOutputs } from '@trpc/server';
import type { AdminRouter } from '@onfile/api/admin/router.ts';

type Outputs = inferRouterOutputs<AdminRouter>;

export type FoundCustomer = Outputs['customers']['find'][number];
export type Customer = Outputs['customers']['get'];
export type Agreement = Customer['agreements'][number];
export type SavedMethod = Customer['methods'][number];
export type PaymentSummary = Outputs['payments']['list'][number];
export type ChargeAnswer = PaymentSummary['answer'];
type Payment = Outputs['payments']['get'];
export type Attempt = Payment['attempts'][number];
export type HistoryEntry = Payment['history'][number];
export type TermsOfPurpose = Outputs['policies']['list'][number];
export type Terms = Outputs['policies']['get'];
export type TermsVersion = Terms['versions'][number];
export type TermsDraft = NonNullable<Terms['draft']>;
export type MailLine = Outputs['mail']['list']['mails'][number];
export type Order = Outputs['orders']['get'];
export type MoneyBack = Outputs['refunds']['list'];
export type Refund = MoneyBack['refunds'][number];
export type OwedRefund = Outputs['refunds']['listOwed'][number];
export type DisputeLine = Outputs['disputes']['list']['disputes'][number];
export type Dispute = Outputs['disputes']['get'];
export type EvidenceFile = Dispute['files'][number];
type EvidenceText = Dispute['texts'][number];
export type EvidenceField = EvidenceText['name'] | Dispute['fileFields'][number];
