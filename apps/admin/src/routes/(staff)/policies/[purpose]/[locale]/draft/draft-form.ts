import type { Terms } from '#lib/api-types.ts';

/** What is being written, as its fields hold it. */
export interface DraftForm {
  /** The key stays with a section that moves. */
  sections: { key: number; heading: string; text: string }[];
  /** One a currency; the first is the shop's own. */
  caps: { key: number; cap: string; currency: string }[];
  usage: 'off_session' | 'on_session';
  /** Empty: until it is withdrawn. */
  validDays: string;
}

/** The draft, or else the newest version to start from, or else an empty page. */
export function startForm(terms: Terms): DraftForm {
  const from = terms.draft ?? terms.versions[0];
  const sections = from?.sections ?? [{ heading: '', text: '' }];
  return {
    sections: sections.map((section, key) => ({ ...section, key })),
    caps: (from?.caps ?? [{ cap: '', currency: 'usd' }]).map((cap, key) => ({ ...cap, key })),
    usage: from?.usage ?? 'off_session',
    validDays: String(from?.validDays ?? ''),
  };
}

/** The days as a number; null: until withdrawn; `wrong` when it is no number of days. */
export function readValidDays(text: string): number | null | 'wrong' {
  const trimmed = text.trim();
  if (trimmed === '') return null;
  const days = /^\d{1,4}$/.test(trimmed) ? Number(trimmed) : 0;
  return days >= 1 && days <= 3_650 ? days : 'wrong';
}

/** Whether every section has a heading and a text. */
export function isComplete(form: DraftForm): boolean {
  return form.sections.every(({ heading, text }) => heading.trim() !== '' && text.trim() !== '');
}

/** The caps as people read them while they are typed: `500.00 USD, 450.00 EUR`. */
export function typedCaps({ caps }: DraftForm): string {
  return caps
    .map(({ cap, currency }) => `${cap.trim() || '–'} ${currency.toUpperCase()}`)
    .join(', ');
}
