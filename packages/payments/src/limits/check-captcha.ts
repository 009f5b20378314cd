import { z } from 'zod';
import { Refusal } from '../refusal.ts';
import type { Runtime } from '../runtime.ts';

const answerShape = z.object({ success: z.boolean() });

/** How long the service may take; a page waits for it. */
const timeoutMs = 10_000;

/**
 * Asks the shop's CAPTCHA service whether a person sent this, where one is set: `siteverify` as
 * hCaptcha and Turnstile have it. A service that does not answer lets nobody through.
 * @throws Refusal `captcha_failed`
 */
export async function checkCaptcha(
  runtime: Runtime,
  given: { token: string | null; ipAddress: string | null },
): Promise<void> {
  const { captcha } = runtime.settings;
  if (!captcha) return;
  if (!given.token) throw new Refusal('captcha_failed', 'captchaToken');
  const body = new URLSearchParams({
    secret: captcha.secret,
    response: given.token,
    ...(given.ipAddress && { remoteip: given.ipAddress }),
  });
  const isPerson = await ask(captcha.verifyUrl, body).catch((error: unknown) => {
    runtime.log.error({ err: error }, 'the CAPTCHA service did not answer');
    return false;
  });
  if (!isPerson) throw new Refusal('captcha_failed', 'captchaToken');
}

async function ask(url: string, body: URLSearchParams): Promise<boolean> {
  const signal = AbortSignal.timeout(timeoutMs);
  const answer = await fetch(url, { method: 'POST', body, signal });
  return answerShape.parse(await answer.json()).success;
}
