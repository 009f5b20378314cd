import type Stripe from 'stripe';
import { invalidRequest } from '../errors.ts';
import { clearable, hash, missing, oneOf, text, url } from '../params.ts';
import type { Params } from '../params.ts';

type Branding = Stripe.Checkout.Session.BrandingSettings;

/** `branding_settings`, over those of the account; undefined when the session sets none. */
export function readBranding(params: Params, accountName: string): Branding | undefined {
  const given = hash(params, 'branding_settings');
  if (given === undefined) return undefined;
  return {
    background_color: readColor(given, 'background_color') ?? '#ffffff',
    border_style: clearable(given, 'border_style') ?? 'rounded',
    button_color: readColor(given, 'button_color') ?? '#0074d4',
    display_name: text(given, 'display_name') ?? accountName,
    font_family: clearable(given, 'font_family') ?? 'default',
    icon: readImage(given, 'icon'),
    logo: readImage(given, 'logo'),
  };
}

function readColor(given: Params, name: string): string | null {
  const color = clearable(given, name) ?? null;
  if (color === null || /^#[0-9a-f]{6}$/i.test(color)) return color;
  throw invalidRequest('Invalid color: must be a hex value like #0074d4', {
    param: `${given.at}[${name}]`,
  });
}

/** A picture by its address, or by the id of a file: whichever `type` says, and not the other. */
function readImage(branding: Params, name: string): Branding['icon'] {
  const given = hash(branding, name);
  if (given === undefined) return null;
  const type = oneOf(given, 'type', ['file', 'url']);
  if (type === undefined) throw missing(`${given.at}[type]`);
  const other = type === 'file' ? 'url' : 'file';
  if (text(given, other) !== undefined) {
    throw invalidRequest(`You can not pass \`${other}\` when \`type\` is \`${type}\`.`, {
      param: `${given.at}[${other}]`,
    });
  }
  const value = type === 'file' ? text(given, 'file') : url(given, 'url');
  if (value === undefined) throw missing(`${given.at}[${type}]`);
  return type === 'file' ? { type, file: value } : { type, url: value };
}
