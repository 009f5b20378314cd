type Entry = { amounts: string[] } | { descriptor_code: string } | { message: string };

/** What stands in the fields, as the API takes it: cents (written as in a form), or the code. A message when it is unusable. */
export function readEntry(type: 'amounts' | 'descriptor_code', values: readonly string[]): Entry {
  if (type === 'amounts') {
    const whole = values.every((value) => /^\d{1,2}$/.test(value.trim()));
    if (!whole) return { message: 'Enter the cents of both deposits, such as 32 for $0.32.' };
    return { amounts: values.map((value) => String(Number(value))) };
  }
  const code = (values[0] ?? '').trim().toUpperCase();
  return /^SM[A-Z0-9]{4}$/.test(code)
    ? { descriptor_code: code }
    : { message: 'Enter the six characters of the code; it starts with SM.' };
}
