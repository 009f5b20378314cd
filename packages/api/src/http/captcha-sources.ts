import type { PolicySources } from './policy-sources.ts';

/**
 * What pages with a CAPTCHA need beyond the rest: its script's origin, and the other hosts of the same
 * service (`js.hcaptcha.com` shows frames of `newassets.hcaptcha.com`).
 */
export function withCaptcha(sources: PolicySources, scriptUrl: string | null): PolicySources {
  if (scriptUrl === null) return sources;
  const { origin, hostname, protocol } = new URL(scriptUrl);
  const names = hostname.split('.');
  const siblings =
    protocol === 'https:' && names.length > 2 ? [`https://*.${names.slice(-2).join('.')}`] : [];
  const own = [origin, ...siblings];
  return {
    ...sources,
    'script-src': [...sources['script-src'], ...own],
    'frame-src': [...sources['frame-src'], ...own],
    'connect-src': [...sources['connect-src'], ...own],
  };
}
