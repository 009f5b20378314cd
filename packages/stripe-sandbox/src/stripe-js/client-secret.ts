import { integrationError } from './integration-error.ts';

/** `<id>_secret_<rest>`: the id before the secret, or an IntegrationError that names the caller. */
export function idFromClientSecret(secret: unknown, prefix: string, caller: string): string {
  if (typeof secret === 'string') {
    const at = secret.indexOf('_secret_');
    if (at > 0 && secret.startsWith(`${prefix}_`)) return secret.slice(0, at);
  }
  throw integrationError(
    `Invalid value for ${caller}: clientSecret should be a client secret of the form ` +
      `\${id}_secret_\${secret}, with an id that starts with ${prefix}_.`,
  );
}
