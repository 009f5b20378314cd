/** The service that tells people from programs; hCaptcha and Turnstile are asked in the same way. */
export interface CaptchaSettings {
  /** Where the service checks an answer: its `siteverify`. */
  verifyUrl: string;
  secret: string;
  siteKey: string;
  /** The service's script, which the page loads. */
  scriptUrl: string;
}

interface CaptchaVariables {
  CAPTCHA_VERIFY_URL?: string | undefined;
  CAPTCHA_SECRET?: string | undefined;
  CAPTCHA_SITE_KEY?: string | undefined;
  CAPTCHA_SCRIPT_URL?: string | undefined;
}

/** Reads all four variables or none; with some of them only, a sentence says which are missing. */
export function parseCaptcha(values: CaptchaVariables): {
  captcha: CaptchaSettings | null;
  problems: string[];
} {
  const {
    CAPTCHA_VERIFY_URL: verifyUrl,
    CAPTCHA_SECRET: secret,
    CAPTCHA_SITE_KEY: siteKey,
    CAPTCHA_SCRIPT_URL: scriptUrl,
  } = values;
  if (verifyUrl && secret && siteKey && scriptUrl) {
    return { captcha: { verifyUrl, secret, siteKey, scriptUrl }, problems: [] };
  }
  const named = { CAPTCHA_VERIFY_URL: verifyUrl, CAPTCHA_SECRET: secret };
  const all = { ...named, CAPTCHA_SITE_KEY: siteKey, CAPTCHA_SCRIPT_URL: scriptUrl };
  const missing = Object.entries(all).filter(([, value]) => !value);
  const isUnset = missing.length === Object.keys(all).length;
  const names = missing.map(([name]) => name).join(', ');
  return { captcha: null, problems: isUnset ? [] : [`${names} missing: set all four, or none.`] };
}
