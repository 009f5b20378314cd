/**
 * Keeps a field formatted while it is typed in, with the caret behind the same digit or letter as before.
 * `format` gets the text and whether the shopper is adding (not deleting).
 */
export function keepFormatted(
  input: HTMLInputElement,
  format: (text: string, adding: boolean) => string,
): void {
  input.addEventListener('input', (event) => {
    const adding = !(event instanceof InputEvent && event.inputType.startsWith('delete'));
    const caret = input.selectionStart ?? input.value.length;
    const atEnd = caret === input.value.length;
    const before = input.value.slice(0, caret).replace(/[^a-z\d]/gi, '').length;
    const formatted = format(input.value, adding);
    if (formatted === input.value) return;
    input.value = formatted;
    const next = atEnd ? formatted.length : afterCharacters(formatted, before);
    input.setSelectionRange(next, next);
  });
}

/** The position right behind the first `count` digits and letters of `text`. */
function afterCharacters(text: string, count: number): number {
  let seen = 0;
  for (let at = 0; at < text.length; at += 1) {
    if (seen === count) return at;
    if (/[a-z\d]/i.test(text.charAt(at))) seen += 1;
  }
  return text.length;
}
