import { m } from '@onfile/messages/messages.js';
import type { ChargeAnswer } from './api-types.ts';
import { declineWords } from '@onfile/messages/decline-words.ts';

interface AnswerWords {
  tone: 'info' | 'good' | 'warn' | 'danger';
  title: string;
  text: string;
  /** What to do now; null when nothing is to be done. */
  next: string | null;
}

/** What came of a charge, for staff. */
export function answerWords(answer: ChargeAnswer): AnswerWords {
  switch (answer.outcome) {
    case 'succeeded':
      return say('good', m.admin_answer_succeeded(), m.admin_answer_succeeded_text());
    case 'authorized':
      return say('good', m.admin_answer_authorized(), m.admin_answer_authorized_text());
    case 'processing':
      return say('info', m.admin_answer_processing(), m.admin_answer_processing_text());
    case 'authentication_required':
      return {
        tone: 'warn',
        title: m.admin_answer_authentication(),
        text: m.decline_authentication_required(),
        next: m.decline_next_authenticate(),
      };
    case 'declined': {
      const { meaning, next } = declineWords(answer);
      return { tone: 'danger', title: m.admin_answer_declined(), text: meaning, next };
    }
    case 'rejected':
      return say('danger', m.admin_answer_rejected(), rejectedText(answer.errorCode));
    case 'canceled':
      return say('info', m.admin_answer_canceled(), m.admin_answer_canceled_text());
    case 'asking_stripe':
      return say('warn', m.admin_answer_asking(), m.admin_answer_asking_text());
    case 'none':
      return say('info', m.admin_answer_none(), m.admin_answer_none_text());
  }
}

function say(tone: AnswerWords['tone'], title: string, text: string): AnswerWords {
  return { tone, title, text, next: null };
}

function rejectedText(code: string | null): string {
  return code ? m.admin_answer_rejected_text({ code }) : m.admin_answer_rejected_no_code();
}

/** A decline's codes as Stripe names them, for support; null where none came. */
export function answerCodes(
  answer: Pick<ChargeAnswer, 'errorCode' | 'declineCode' | 'adviceCode'>,
): string | null {
  const codes = [answer.errorCode, answer.declineCode, answer.adviceCode];
  const named = new Set(codes.filter((code) => code !== null));
  return named.size > 0 ? [...named].join(' · ') : null;
}
