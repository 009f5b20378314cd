import { say } from './say.ts';

/** Asks the control API; throws the sentence it refuses with. */
export async function callControl<Answer>(
  method: 'GET' | 'POST' | 'DELETE',
  path: string,
  body?: object,
): Promise<Answer> {
  const response = await fetch(`/_sandbox/${path}`, {
    method,
    ...(method === 'POST'
      ? { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body ?? {}) }
      : {}),
  });
  const answer = (await response.json()) as Answer & { error?: { message?: string } };
  if (!response.ok) throw new Error(answer.error?.message ?? `Status ${String(response.status)}`);
  return answer;
}

/** What a press does: change, say what came of it, show the new state. */
export async function act(
  done: string,
  change: () => Promise<unknown>,
  refresh: () => Promise<void>,
): Promise<void> {
  try {
    await change();
    say(done);
  } catch (error) {
    say(error instanceof Error ? error.message : String(error));
  }
  await refresh();
}
