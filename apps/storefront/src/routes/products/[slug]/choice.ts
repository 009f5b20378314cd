/** What a shopper chose of a product, as the form has it. */
export interface Choice {
  quantity: string;
  /** `2027-06-30`; empty where the product needs no day. */
  eventOn: string;
}

/** The choice in a form, or in an address: signing in on the way does not lose it. */
export function readChoice(from: { get: (name: string) => unknown }): Choice {
  const text = (name: string) => {
    const value = from.get(name);
    return typeof value === 'string' ? value : '';
  };
  return { quantity: text('quantity').slice(0, 4) || '1', eventOn: text('eventOn').slice(0, 10) };
}

/** The choice as a part of an address, after its question mark. */
export function choiceQuery({ quantity, eventOn }: Choice): string {
  return new URLSearchParams({ quantity, eventOn }).toString();
}
