type Refused = { status: 'refused'; message: string; param: string | null };
type Answer<T> = { body: T } | { refused: Refused };
type ErrorEnvelope = { error?: { message?: string; param?: string } };

const UNREACHABLE = 'The sandbox could not be reached. Check that it is running, then try again.';

/** One call with the publishable key: a POST of a form, or a GET where there are no params. */
export async function askSandbox<T extends object>(
  path: string,
  publishableKey: string,
  params?: { [name: string]: string },
): Promise<Answer<T>> {
  try {
    const response = await fetch(path, {
      headers: { authorization: `Bearer ${publishableKey}` },
      ...(params === undefined ? {} : { method: 'POST', body: new URLSearchParams(params) }),
    });
    const body = (await response.json()) as T & ErrorEnvelope;
    if (body.error === undefined) return { body };
    const { message = UNREACHABLE, param = null } = body.error;
    return { refused: { status: 'refused', message, param } };
  } catch {
    return { refused: { status: 'refused', message: UNREACHABLE, param: null } };
  }
}
