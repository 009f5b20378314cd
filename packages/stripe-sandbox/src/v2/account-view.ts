import type Stripe from 'stripe';
import { texts } from '../params.ts';
import type { Params } from '../params.ts';

/** Fields without a value are null in v2 answers, not absent. */
const NULLABLE = ['contact_email', 'contact_phone', 'dashboard', 'display_name'] as const;

/** What `include` can name beside configurations; null unless it does. */
const INCLUDABLE_FIELDS = ['defaults', 'future_requirements', 'identity', 'requirements'] as const;

const CONFIGURATIONS = ['customer', 'merchant', 'recipient'] as const;

/** An account as an answer shows it: fields that were not asked for with `include` are null. */
export function accountView(account: Stripe.V2.Core.Account, params: Params): object {
  const asked = new Set(texts(params, 'include') ?? []);
  const view: { [field: string]: unknown } = { ...account };
  for (const field of NULLABLE) view[field] = account[field] ?? null;
  for (const field of INCLUDABLE_FIELDS) {
    view[field] = asked.has(field) ? (account[field] ?? null) : null;
  }
  const shown = CONFIGURATIONS.filter((name) => asked.has(`configuration.${name}`));
  view.configuration =
    shown.length === 0
      ? null
      : Object.fromEntries(
          CONFIGURATIONS.map((name) => [
            name,
            shown.includes(name) ? (account.configuration?.[name] ?? null) : null,
          ]),
        );
  return view;
}
