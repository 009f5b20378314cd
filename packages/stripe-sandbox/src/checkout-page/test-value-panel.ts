import { html } from 'hono/html';
import { brandIcon } from './brand-icons.ts';
import { methodWords } from './method-words.ts';
import { testValues } from './test-values.ts';
import type { TestValue } from './test-values.ts';

function valueButton(type: string, { icon, shown, does, fill }: TestValue, month: string) {
  const year = String(Number(month.slice(2, 4)) + 4).padStart(2, '0');
  const whole = type === 'card' ? { ...fill, expiry: `12 / ${year}` } : fill;
  return html`<li>
    <button
      type="button"
      class="test-card"
      data-fill-method="${type}"
      data-fill="${JSON.stringify(whole)}"
    >
      ${brandIcon(icon)}<span class="test-card-number">${shown}</span>
      <span class="test-card-does">${does}</span>
    </button>
  </li>`;
}

function valueList(type: string, titled: boolean, month: string) {
  const { label, group } = methodWords(type);
  return html`<div data-test-values="${type}">
    ${titled ? html`<p class="test-cards-title">${label}</p>` : ''}
    <ul>
      ${testValues(type).map((value) => valueButton(type, value, month))}
    </ul>
    ${
      group === 'redirect'
        ? html`<p class="test-cards-note">The next page lets you complete or fail it.</p>`
        : ''
    }
  </div>`;
}

/** Says that this is the sandbox, and fills in the form of the chosen method by one press. */
export function testValuePanel(types: readonly string[], month: string) {
  const onlyCards = types.every((type) => type === 'card');
  return html`<details class="test-cards">
    <summary>
      <span class="badge">Sandbox</span>
      <span class="test-cards-words">No real money.</span>
      <span class="test-cards-open">${onlyCards ? 'Test cards' : 'Test values'}</span>
    </summary>
    ${types.map((type) => valueList(type, types.length > 1, month))}
  </details>`;
}
