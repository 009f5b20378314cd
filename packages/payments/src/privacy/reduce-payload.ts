import {
  replayedMark,
  replayedOfEvent,
  replayedOfObject,
  replayedOfRelated,
} from '../webhooks/replay-fields.ts';

/** Ids, words of Stripe's and paths: nothing that a person typed fits, an address least of all. */
const plainWord = /^[\w.:/-]{1,255}$/;

/** What of an event's row stands in for a payload that cannot be read. */
interface EventFacts {
  id: string;
  type: string;
  objectId: string | null;
  payload: string;
}

/**
 * The payload of an event, reduced to what a replay needs. Its `api_version` is null, so that no
 * handler takes what is left of a snapshot for the whole: it asks Stripe. Reducing twice is
 * reducing once.
 * @returns JSON
 */
export function reducePayload(event: EventFacts): string {
  const whole = readObject(event.payload);
  const { data, related_object: related, metadata } = whole;
  const object = isObject(data) && isObject(data['object']) ? data['object'] : null;
  return JSON.stringify({
    ...pick(whole, replayedOfEvent),
    id: event.id,
    type: event.type,
    api_version: null,
    ...(isObject(metadata) && { metadata: pickMarks(metadata) }),
    ...(isObject(related) && { related_object: pick(related, replayedOfRelated) }),
    data: { object: object ? reduceObject(object) : { id: event.objectId ?? undefined } },
  });
}

function reduceObject(object: Record<string, unknown>): Record<string, unknown> {
  return {
    ...pick(object, replayedOfObject),
    ...(isObject(object['metadata']) && { metadata: pickMarks(object['metadata']) }),
  };
}

/** The fields that are listed, as far as they are plain; of an expanded object its id. */
function pick(
  from: Record<string, unknown>,
  listed: Record<string, string>,
): Record<string, unknown> {
  return Object.fromEntries(
    Object.keys(listed).flatMap((field) => {
      const value = Object.hasOwn(from, field) ? from[field] : undefined;
      const plain = isObject(value) ? value['id'] : value;
      return isPlain(plain) ? [[field, plain]] : [];
    }),
  );
}

function pickMarks(metadata: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(metadata).filter(
      ([key, value]) => key.startsWith(replayedMark) && isPlain(value),
    ),
  );
}

function isPlain(value: unknown): boolean {
  if (typeof value === 'string') return plainWord.test(value);
  return value === null || typeof value === 'boolean' || typeof value === 'number';
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function readObject(payload: string): Record<string, unknown> {
  try {
    const whole: unknown = JSON.parse(payload);
    return isObject(whole) ? whole : {};
  } catch {
    return {};
  }
}
