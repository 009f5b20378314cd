import { createHash, createHmac, hkdfSync } from 'node:crypto';

/** A key for links alone: whoever learned it could sign no session. */
function linkKey(authSecret: string): Buffer {
  return Buffer.from(hkdfSync('sha256', authSecret, '', 'onfile recovery links', 32));
}

/**
 * The secret part of a recovery link, made from the link's id and the shop's own secret. It is made
 * again wherever it is needed (a mail, the copy that staff take) and never stored; 256 bits, so that
 * none is guessed.
 */
export function recoveryToken(authSecret: string, linkId: string): string {
  return createHmac('sha256', linkKey(authSecret)).update(linkId).digest('base64url');
}

/** What is stored of a token, and looked up by. */
export function hashRecoveryToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

/** The link as the shopper gets it. */
export function recoveryUrl(
  settings: { authSecret: string; storefrontOrigin: string },
  linkId: string,
): string {
  return `${settings.storefrontOrigin}/recover/${recoveryToken(settings.authSecret, linkId)}`;
}
