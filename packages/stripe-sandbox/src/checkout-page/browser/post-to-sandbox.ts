/** The sandbox said no, or nothing. `param` names what was wrong, if it was one thing. */
export type Refused = {
  status: 'refused';
  message: string;
  param: string | null;
  code: string | null;
};

type ErrorEnvelope = { error: { message?: string; param?: string; code?: string } };

const UNREACHABLE = 'The sandbox could not be reached. Check that it is running, then try again.';

/** One POST with the publishable key. An error and a server that does not answer are `refused`. */
export async function postToSandbox<T extends object>(
  path: string,
  publishableKey: string,
  body: object,
): Promise<T | Refused> {
  try {
    const response = await fetch(path, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${publishableKey}`,
      },
      body: JSON.stringify(body),
    });
    const answer = (await response.json()) as T | ErrorEnvelope;
    if (!('error' in answer)) return answer;
    const { message = UNREACHABLE, param = null, code = null } = answer.error;
    return { status: 'refused', message, param, code };
  } catch {
    return { status: 'refused', message: UNREACHABLE, param: null, code: null };
  }
}
