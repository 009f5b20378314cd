import { html, raw } from 'hono/html';
import { METHOD_DRAWINGS } from './method-drawings.ts';

/** Drawn by hand in each network's colours: recognisable at 24 by 16, without any outside asset. */
const DRAWINGS: Record<string, string> = {
  ...METHOD_DRAWINGS,
  visa: '<rect width="24" height="16" rx="2" fill="#1434cb"/><path d="M9.6 5.2 8.5 10.8H7.1L6.3 6.6c-.1-.3-.2-.4-.5-.5-.4-.2-.8-.3-1.2-.4l.1-.5h2.2c.3 0 .5.2.6.5l.5 2.9 1.4-3.4zm1.2 0h1.2l-1.1 5.6H9.7zm5.3.2-.2 1.1c-.4-.2-.8-.3-1.2-.3-.5 0-.8.2-.8.4 0 .6 2 .6 2 2.2 0 1.2-1 2-2.5 2-.6 0-1.3-.1-1.7-.3l.2-1.2c.5.3 1 .4 1.5.4.4 0 .9-.2.9-.5 0-.6-2-.7-2-2.1 0-1.1 1-2 2.4-2 .5 0 1 .1 1.4.3zm4.5 5.4-.1-.8h-1.6l-.3.8h-1.3l2-5.1c.1-.3.3-.5.7-.5h1l1.1 5.6zm-.8-3.9-.7 2h1.1z" fill="#fff"/>',
  mastercard:
    '<rect width="24" height="16" rx="2" fill="#252525"/><circle cx="9.4" cy="8" r="4.6" fill="#eb001b"/><circle cx="14.6" cy="8" r="4.6" fill="#f79e1b"/><path d="M12 4.2a4.6 4.6 0 0 1 0 7.6 4.6 4.6 0 0 1 0-7.6z" fill="#ff5f00"/>',
  amex: '<rect width="24" height="16" rx="2" fill="#016fd0"/><text x="2.5" y="10.5" textLength="19" lengthAdjust="spacingAndGlyphs" font-family="Arial, sans-serif" font-size="7" font-weight="700" fill="#fff">AMEX</text>',
  discover:
    '<rect x=".25" y=".25" width="23.5" height="15.5" rx="2" fill="#fff" stroke="#cdd3da" stroke-width=".5"/><path d="M24 9.2c-3.6 2.8-8.4 4.9-14.5 6.8H22a2 2 0 0 0 2-2z" fill="#f48120"/><text x="2.5" y="8" textLength="19" lengthAdjust="spacingAndGlyphs" font-family="Arial, sans-serif" font-size="4.6" font-weight="700" fill="#231f20">DISC<tspan fill="#f48120">O</tspan>VER</text>',
  diners:
    '<rect width="24" height="16" rx="2" fill="#0079be"/><circle cx="12" cy="8" r="5.4" fill="#fff"/><path d="M10.6 4.8a3.5 3.5 0 0 0 0 6.4zm2.8 0v6.4a3.5 3.5 0 0 0 0-6.4z" fill="#0079be"/>',
  jcb: '<rect x=".25" y=".25" width="23.5" height="15.5" rx="2" fill="#fff" stroke="#cdd3da" stroke-width=".5"/><path d="M4.5 12.5V5.5a2 2 0 0 1 2-2h2.5v7a2 2 0 0 1-2 2z" fill="#0e4c96"/><path d="M9.75 12.5V5.5a2 2 0 0 1 2-2h2.5v7a2 2 0 0 1-2 2z" fill="#d3222a"/><path d="M15 12.5V5.5a2 2 0 0 1 2-2h2.5v7a2 2 0 0 1-2 2z" fill="#1b8f3a"/>',
  unionpay:
    '<rect width="24" height="16" rx="2" fill="#f5f5f5"/><path d="M4.5 2h5.2L7.8 14H2.6a.9.9 0 0 1-.9-1.1l1.7-10A1.2 1.2 0 0 1 4.5 2z" fill="#e21836"/><path d="M9.7 2h5.4l-1.9 12H7.8z" fill="#00447c"/><path d="M15.1 2h5.4c.6 0 1 .5.9 1.1l-1.7 10a1.2 1.2 0 0 1-1.1.9h-5.4z" fill="#007b84"/>',
  unknown:
    '<rect x=".5" y=".5" width="23" height="15" rx="2" fill="#fff" stroke="#87909f"/><path d="M0 4h24v3H0z" fill="#87909f"/><path d="M3 10.5h6v1.5H3z" fill="#c4ccd8"/>',
};

/** All icons once per page, for `<use>`: the browser script changes the icon by its reference alone. */
export function brandSprite() {
  const symbols = Object.entries(DRAWINGS).map(
    ([brand, drawing]) =>
      html`<symbol id="brand-${brand}" viewBox="0 0 24 16">${raw(drawing)}</symbol>`,
  );
  return html`<svg class="sprite" aria-hidden="true" focusable="false">${symbols}</svg>`;
}

/** One icon out of the sprite; decoration only, the brand is always in words beside it or not needed. */
export function brandIcon(brand: string) {
  const known = brand in DRAWINGS ? brand : 'unknown';
  return html`<svg class="brand" viewBox="0 0 24 16" aria-hidden="true" focusable="false">
    <use href="#brand-${known}"></use>
  </svg>`;
}
