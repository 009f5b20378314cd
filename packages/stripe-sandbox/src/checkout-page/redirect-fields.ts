import { html } from 'hono/html';
import { textField } from './form-field.ts';
import { methodWords } from './method-words.ts';

/** The methods whose banks want to know a name beforehand. */
const WITH_NAME = new Set(['ideal', 'bancontact', 'eps', 'p24']);

/** A method that is confirmed on another site: what it needs here, and what happens next. */
export function redirectFields(type: string) {
  const { label } = methodWords(type);
  return html`${
      WITH_NAME.has(type)
        ? textField({
            id: `${type}-name`,
            label: 'Full name',
            autocomplete: 'name',
            placeholder: 'First and last name',
          })
        : ''
    }
    <p class="next-step">
      <svg class="leave" viewBox="0 0 32 24" aria-hidden="true" focusable="false">
        <path d="M18 3H5a2 2 0 0 0-2 2v14a2 2 0 0 0 2 2h13M3 8h13M14 13h13m-5-5 5 5-5 5" />
      </svg>
      <span>After submitting, you will be taken to ${label} to finish, and then back here.</span>
    </p>`;
}
