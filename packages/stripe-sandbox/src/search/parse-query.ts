import { invalidRequest } from '../errors.ts';

/** `-email~"ada"`, `metadata["order"]:"7"`, `amount>1000`: one condition of a search. */
export type Clause = {
  negated: boolean;
  /** Dotted, such as `payment_method_details.card.last4`; `metadata` for any of its keys. */
  field: string;
  /** The key between the brackets of `metadata["key"]`. */
  key: string | null;
  operator: ':' | '~' | '>' | '<' | '>=' | '<=' | '=';
  /** Null for `NULL`: the field has no value. */
  value: string | null;
};

/** Clauses that all hold, or of which one holds; the two do not mix. */
export type SearchQuery = { clauses: Clause[]; every: boolean };

const CLAUSE =
  /^(?<minus>-)?\s*(?<field>[a-z_]+(?:\.[a-z_0-9]+)*)(?:\[\s*(?:"(?<double>(?:\\.|[^"\\])*)"|'(?<single>(?:\\.|[^'\\])*)')\s*\])?\s*(?<operator>>=|<=|[:~><=])\s*(?:"(?<text>(?:\\.|[^"\\])*)"|'(?<quoted>(?:\\.|[^'\\])*)'|(?<bare>null|-?\d+(?:\.\d+)?))/i;
const CONNECTIVE = /^(and|or)\b/i;
const MOST_CLAUSES = 10;

function unparsable(): Error {
  return invalidRequest(
    'We were unable to parse your search query. See https://docs.stripe.com/search for documentation on how to structure search queries.',
  );
}

/**
 * Reads Stripe's search query language. Clauses beside each other are joined by AND; AND and OR in one
 * query are refused, as are more than 10 clauses. Throws 400 without a code.
 */
export function parseQuery(query: string): SearchQuery {
  const clauses: Clause[] = [];
  const connectives = new Set<string>();
  let rest = query.trim();
  while (rest !== '') {
    const connective = clauses.length === 0 ? null : CONNECTIVE.exec(rest);
    if (connective !== null) rest = rest.slice(connective[0].length).trimStart();
    if (clauses.length > 0) connectives.add(connective?.[0].toLowerCase() ?? 'and');
    const match = CLAUSE.exec(rest);
    if (match === null) throw unparsable();
    clauses.push(clauseOf(match.groups ?? {}));
    rest = rest.slice(match[0].length).trimStart();
  }
  if (clauses.length === 0) throw unparsable();
  if (clauses.length > MOST_CLAUSES) {
    throw invalidRequest(`A search query can have at most ${String(MOST_CLAUSES)} clauses.`);
  }
  if (connectives.size > 1) {
    throw invalidRequest('You cannot combine `AND` and `OR` in one search query.');
  }
  return { clauses, every: !connectives.has('or') };
}

function clauseOf(groups: { [name: string]: string | undefined }): Clause {
  const text = groups.text ?? groups.quoted;
  const bare = groups.bare?.toLowerCase() === 'null' ? null : (groups.bare ?? null);
  const key = groups.double ?? groups.single;
  return {
    negated: groups.minus !== undefined,
    field: groups.field ?? '',
    key: key === undefined ? null : unescape(key),
    operator: (groups.operator ?? ':') as Clause['operator'],
    value: text === undefined ? bare : unescape(text),
  };
}

function unescape(text: string): string {
  return text.replaceAll(/\\(.)/g, '$1');
}
