import { html } from 'hono/html';

/** Where a field's message appears; `aria-describedby` of the field points here from the start. */
export function messageFor(field: string) {
  return html`<p class="field-message" id="${field}-message" hidden></p>`;
}

type TextInput = {
  id: string;
  label: string;
  autocomplete: string;
  placeholder?: string;
  inputmode?: 'numeric' | 'email' | 'text';
  type?: 'text' | 'email';
  value?: string;
};

/** An input alone, with its label for screen readers only: for fields that share one box. */
export function joinedInput(field: TextInput) {
  return html`<label class="visually-hidden" for="${field.id}">${field.label}</label>
    ${bareInput(field)}`;
}

function bareInput({ id, autocomplete, placeholder, inputmode, type, value }: TextInput) {
  return html`<input
    id="${id}"
    name="${id}"
    type="${type ?? 'text'}"
    inputmode="${inputmode ?? 'text'}"
    autocomplete="${autocomplete}"
    autocapitalize="off"
    spellcheck="false"
    placeholder="${placeholder ?? ''}"
    value="${value ?? ''}"
    aria-describedby="${id}-message"
  />`;
}

/** A field of its own: label, input, place for its message. */
export function textField(field: TextInput) {
  return html`<div class="field">
    <label for="${field.id}">${field.label}</label>
    ${bareInput(field)} ${messageFor(field.id)}
  </div>`;
}

type Choice = { value: string; words: string };

/** A field to choose from a list; the first choice is taken unless `selected` names another. */
export function joinedSelect(
  id: string,
  label: string,
  choices: readonly Choice[],
  selected?: string,
) {
  const options = choices.map(
    ({ value, words }) =>
      html`<option value="${value}" ${value === selected ? html`selected` : ''}>${words}</option>`,
  );
  return html`<label class="visually-hidden" for="${id}">${label}</label>
    <select id="${id}" name="${id}">
      ${options}
    </select>`;
}
