import type { Dispute } from '#lib/api-types.ts';

type Text = Dispute['texts'][number];
export type TextName = Text['name'];
export type FileField = Dispute['fileFields'][number];

/** Fields that most answers use; the others are folded away while they are empty. */
const usual: TextName[] = [
  'product_description',
  'uncategorized_text',
  'access_activity_log',
  'customer_name',
  'customer_email_address',
  'customer_purchase_ip',
  'billing_address',
  'service_date',
];

/** Texts as the form shows them: what most answers use, or is filled in or missing, comes first. */
export function orderTexts({ texts, missing }: Pick<Dispute, 'texts' | 'missing'>): {
  first: Text[];
  more: Text[];
} {
  const asked: string[] = missing;
  const isFirst = ({ name, text }: Text) =>
    usual.includes(name) || text !== '' || asked.includes(name);
  const place = ({ name }: Text) => (usual.includes(name) ? usual.indexOf(name) : usual.length);
  return {
    first: texts.filter(isFirst).sort((a, b) => place(a) - place(b)),
    more: texts.filter((text) => !isFirst(text)),
  };
}

/** Fields that hold a paragraph rather than a line. */
export function isParagraph({ maxLength }: Text): boolean {
  return maxLength >= 1_000;
}

/** A file's content for a procedure: base64 without the address in front of it. */
export async function readAsBase64(file: Blob): Promise<string> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  const parts: string[] = [];
  // In pieces: all at once would be more arguments than a call may have.
  for (let at = 0; at < bytes.length; at += 32_768) {
    parts.push(String.fromCharCode(...bytes.subarray(at, at + 32_768)));
  }
  return btoa(parts.join(''));
}
