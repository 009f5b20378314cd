import { m } from '@onfile/messages/messages.js';

/** Every type that is listened to, and the one that is asked for, which may be another. */
export function typeOptions(
  types: string[],
  chosen: string | null,
): { value: string; text: string }[] {
  const known = chosen && !types.includes(chosen) ? [...types, chosen] : types;
  return [
    { value: '', text: m.admin_events_type_any() },
    ...known.toSorted().map((type) => ({ value: type, text: type })),
  ];
}
