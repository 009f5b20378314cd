type Child = Node | string;

/** An element with attributes and content. Text stays text. */
export function draw<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: { [attribute: string]: string },
  ...children: Child[]
): HTMLElementTagNameMap[Name] {
  const element = document.createElement(name);
  for (const [attribute, value] of Object.entries(attributes)) {
    element.setAttribute(attribute, value);
  }
  element.append(...children);
  return element;
}

/** A table with one heading a column; a sentence when there are no rows. */
export function drawTable(headings: string[], rows: Child[][], empty: string): HTMLElement {
  if (rows.length === 0) return draw('p', { class: 'empty' }, empty);
  return draw(
    'table',
    {},
    draw(
      'thead',
      {},
      draw('tr', {}, ...headings.map((text) => draw('th', { scope: 'col' }, text))),
    ),
    draw(
      'tbody',
      {},
      ...rows.map((cells) => draw('tr', {}, ...cells.map((cell) => draw('td', {}, cell)))),
    ),
  );
}

const shown = new Map<string, string>();

/** Puts new content into a place when `state` has changed: what has the focus is not pulled away. */
export function showIn(id: string, state: unknown, content: () => Node[]): void {
  const key = JSON.stringify(state);
  const place = document.getElementById(id);
  if (place === null || shown.get(id) === key) return;
  shown.set(id, key);
  place.replaceChildren(...content());
}

export function button(label: string, press: () => void, spoken = label): HTMLButtonElement {
  const element = draw('button', { type: 'button', class: 'small' }, label);
  if (spoken !== label) element.setAttribute('aria-label', spoken);
  element.addEventListener('click', press);
  return element;
}

/** An instant of the sandbox's clock as people read it, to the second. */
export function instant(milliseconds: number): string {
  return new Date(milliseconds).toISOString().slice(0, 19).replace('T', ' ');
}
