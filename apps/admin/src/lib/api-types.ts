import type { inferRouterInputs, inferRouterOutputs } from '@trpc/server';
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
export type OwedPage = Outputs['owed']['list'];
export type OwedLine = OwedPage['payments'][number];
export type Decisions = OwedLine['decisions'];
export type OwedFilter = inferRouterInputs<AdminRouter>['owed']['list']['filter'];
