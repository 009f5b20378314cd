import type { Opened } from './open-sandbox.ts';

/** A call of the control API: `/_sandbox/…`. Fails for an answer that is not 200, with its body. */
export async function control<Answer = { id: string }>(
  { sandbox }: Pick<Opened, 'sandbox'>,
  method: 'GET' | 'POST' | 'DELETE',
  path: string,
  body?: object,
): Promise<Answer> {
  const response = await fetch(`${sandbox.url}/_sandbox/${path}`, {
    method,
    ...(body === undefined
      ? {}
      : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  });
  if (!response.ok) {
    throw new Error(`${method} ${path}: ${String(response.status)} ${await response.text()}`);
  }
  return (await response.json()) as Answer;
}
