/** The v1 envelope of any refusal. */
type V1Error = { error: { type: string; message?: string; code?: string; param?: string } };

/**
 * The same refusal as the v2 API writes it: always a `code`, and a `type` only where the SDK has an
 * error of that name. What is wrong with a field is `invalid_fields`, an unknown id `not_found`
 * (the SDK's cjs/Error.js maps both by status and code).
 */
export function toV2Error(status: number, v1Body: string): string {
  const { error } = JSON.parse(v1Body) as V1Error;
  const { message, type } = error;
  if (type === 'idempotency_error') {
    return JSON.stringify({ error: { code: error.code ?? type, message, type } });
  }
  if (status === 429) {
    return JSON.stringify({
      error: { code: error.code ?? 'rate_limit', message, type: 'rate_limit' },
    });
  }
  return JSON.stringify({ error: { code: codeOf(status, error), message, type } });
}

function codeOf(status: number, { code, type }: V1Error['error']): string {
  const aboutFields = code === undefined || /^(parameter|url|email)/.test(code);
  if (status === 400 && aboutFields) return 'invalid_fields';
  if (status === 404) return 'not_found';
  if (status === 401) return 'invalid_api_key';
  return code ?? type;
}
