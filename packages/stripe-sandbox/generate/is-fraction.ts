import ts from 'typescript';

const FRACTION_NAME = /percent|exchange_rate/;
const FRACTION_DOC = /percent|decimal|precision/i;

/**
 * Whether a `number` of the SDK may have decimals. The declarations don't tell integers from other
 * numbers; the field's name and its comment do. In the comment of an amount, "zero-decimal currency" is
 * about the currency and `unit_amount_decimal` about another field.
 */
export function isFraction(name: string, member: ts.TypeElement): boolean {
  const comment = ts
    .getJSDocCommentsAndTags(member)
    .map((part) => part.getText())
    .join(' ')
    .replaceAll(/zero-decimal|`[^`]*`/gi, '');
  return FRACTION_NAME.test(name) || FRACTION_DOC.test(comment);
}
