import type { Place, Standing } from './standing.ts';

function sayPlace({ mode, account, origin }: Place): string {
  return `${account} (${mode}${origin ? `, ${origin}` : ''})`;
}

/** How the keys stand to the database, in a sentence or two for an operator. */
export function sayStanding(standing: Standing): string {
  switch (standing.kind) {
    case 'own':
      return `The database belongs to the keys' account ${standing.account ?? ''}.`.replace(
        ' .',
        '.',
      );
    case 'unverified':
      return standing.why === 'key_may_not_ask'
        ? 'The Stripe key may not read its own account: allow it to, or set STRIPE_ACCOUNT_ID.'
        : 'Stripe did not say which account the key is of: nothing is written to it until it does.';
    case 'foreign': {
      const { recorded, given, isCopy } = standing;
      const what = `The database belongs to ${sayPlace(recorded)}, and this is ${sayPlace(given)}. `;
      return isCopy
        ? `${what}It is known for a copy: nothing is written to Stripe.`
        : `${what}Nothing is written to Stripe until somebody says what it is: a copy, or moved.`;
    }
  }
}
