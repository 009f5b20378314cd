const BASE = 'StripeElement';

/**
 * Keeps Stripe's classes on the element that the page mounted into: `StripeElement`, and
 * `--empty`, `--complete`, `--invalid`, `--focus` as they come. `null` takes all of them away.
 */
export function markTarget(target: HTMLElement, state: object | null): void {
  if (state === null) {
    const own = [...target.classList].filter((name) => name.startsWith(BASE));
    target.classList.remove(...own);
    return;
  }
  target.classList.add(BASE);
  const facts: { [name: string]: unknown } = { ...state };
  for (const name of ['empty', 'complete', 'focus']) {
    if (name in facts) target.classList.toggle(`${BASE}--${name}`, facts[name] === true);
  }
  if ('empty' in facts) {
    target.classList.toggle(`${BASE}--invalid`, typeof facts['error'] === 'object');
  }
}
