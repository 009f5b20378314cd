import {
  countShoppersAgreements,
  listShoppersAgreements,
} from '@onfile/db/views/agreements-page.ts';
import type { AgreementPayment, ShoppersAgreement } from '@onfile/db/views/agreements-page.ts';
import { listMethodChoices } from '@onfile/db/views/saved-methods.ts';
import { leftUnderCap } from '@onfile/payments/agreements/check-cap.ts';
import { sectionsOf } from '@onfile/payments/agreements/terms.ts';
import { formatAmount } from '@onfile/payments/money.ts';
import { nameMethod } from '@onfile/payments/payment-methods/name-method.ts';
import { pageInput, pagingOf, rowsOf } from '../../paging.ts';
import { shopperProcedure } from '../../procedures.ts';
import { showMethodChoice } from '../payment-methods/show-wallet-method.ts';

const pageSize = 10;

function showPayment(payment: AgreementPayment) {
  return {
    id: payment.id,
    amountText: formatAmount(payment.amountMinor, payment.currency),
    reason: payment.reason,
    status: payment.status,
    dueAt: payment.dueAt,
    createdAt: payment.createdAt,
  };
}

/** What an agreement says and what came of it; `open` parted by what withdrawing does to each. */
function showAgreement(agreement: ShoppersAgreement, now: number) {
  const { currency, capAmountMinor, usedMinor, open } = agreement;
  const isOver = agreement.validUntil !== null && agreement.validUntil <= now;
  const isHeld = ({ status }: AgreementPayment) => status === 'requires_capture';
  const isUnderWay = ({ status, isBeingTried }: AgreementPayment) =>
    isBeingTried || status === 'processing' || status === 'requires_action';
  return {
    id: agreement.id,
    purpose: agreement.purpose,
    state: agreement.status === 'active' && isOver ? ('ended' as const) : agreement.status,
    version: agreement.version,
    sections: sectionsOf(agreement),
    locale: agreement.locale,
    usage: agreement.usage,
    isForRedisplay: agreement.redisplay === 1,
    acceptedAt: agreement.acceptedAt,
    ipAddress: agreement.ipAddress,
    userAgent: agreement.userAgent,
    textHash: agreement.termsHash,
    validUntil: agreement.validUntil,
    withdrawnAt: agreement.withdrawnAt,
    capText: formatAmount(capAmountMinor, currency),
    usedText: formatAmount(usedMinor, currency),
    leftText: formatAmount(leftUnderCap(capAmountMinor, usedMinor), currency),
    methods: agreement.methods.map((method) => ({
      id: method.id,
      name: nameMethod(method),
      nickname: method.nickname,
      isRemoved: method.status !== 'attached',
      addedAt: method.addedAt,
      addedBy: method.addedBy,
    })),
    charged: agreement.charged.map(showPayment),
    chargedCount: agreement.chargedCount,
    held: open.filter(isHeld).map(showPayment),
    underWay: open.filter((payment) => !isHeld(payment) && isUnderWay(payment)).map(showPayment),
    waiting: open.filter((payment) => !isHeld(payment) && !isUnderWay(payment)).map(showPayment),
  };
}

/** The shopper's agreements as they were shown, and the methods that could be added to them. */
export const listAgreements = shopperProcedure
  .input(pageInput.default({ page: 1 }))
  .query(async ({ ctx, input }) => {
    const { runtime, customer } = ctx;
    const [agreements, total, choices] = await Promise.all([
      listShoppersAgreements(runtime.db, customer.id, rowsOf(input.page, pageSize)),
      countShoppersAgreements(runtime.db, customer.id),
      listMethodChoices(runtime.db, customer.id),
    ]);
    const now = runtime.clock.now();
    return {
      agreements: agreements.map((agreement) => showAgreement(agreement, now)),
      methods: choices.map((choice) => showMethodChoice(choice, runtime)),
      paging: pagingOf(input.page, pageSize, total),
    };
  });
