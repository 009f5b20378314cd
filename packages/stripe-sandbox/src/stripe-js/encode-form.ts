/** A value of a form body; `undefined` is left out, `null` and `''` unset. */
export type FormValue =
  | string
  | number
  | boolean
  | null
  | undefined
  | readonly FormValue[]
  | { [name: string]: FormValue };

/** Writes `{ a: { b: [1] } }` as `a[b][0]=1`, the way Stripe's API reads it. */
export function encodeForm(params: { [name: string]: FormValue }): URLSearchParams {
  const form = new URLSearchParams();
  for (const [name, value] of Object.entries(params)) append(form, name, value);
  return form;
}

function append(form: URLSearchParams, name: string, value: FormValue): void {
  if (value === undefined) return;
  if (value === null || typeof value !== 'object') {
    form.append(name, String(value ?? ''));
    return;
  }
  for (const [key, inner] of Object.entries(value)) append(form, `${name}[${key}]`, inner);
}
