/** What hCaptcha's and Turnstile's scripts put into the page; the two are alike in this. */
interface CaptchaScript {
  render(
    place: HTMLElement,
    options: { sitekey: string; callback: (token: string) => void; 'expired-callback': () => void },
  ): unknown;
}

interface CaptchaWindow {
  hcaptcha?: CaptchaScript;
  turnstile?: CaptchaScript;
}

/** Shows the shop's CAPTCHA in a place of the page; `onToken` hears of each answer and of its end. */
export async function showCaptcha(
  place: HTMLElement,
  captcha: { siteKey: string; scriptUrl: string },
  onToken: (token: string | null) => void,
): Promise<void> {
  const script = findScript() ?? (await addScript(captcha.scriptUrl));
  script.render(place, {
    sitekey: captcha.siteKey,
    callback: onToken,
    'expired-callback': () => onToken(null),
  });
}

function findScript(): CaptchaScript | undefined {
  const { hcaptcha, turnstile } = window as CaptchaWindow;
  return turnstile ?? hcaptcha;
}

function addScript(url: string): Promise<CaptchaScript> {
  return new Promise((resolve, reject) => {
    const script = document.createElement('script');
    const address = new URL(url);
    // Both draw by themselves unless told to wait.
    address.searchParams.set('render', 'explicit');
    script.src = address.href;
    script.onload = () => {
      const found = findScript();
      if (found) resolve(found);
      else reject(new Error('The script of the CAPTCHA brought none'));
    };
    script.onerror = () => {
      script.remove();
      reject(new Error('The script of the CAPTCHA did not load'));
    };
    document.head.append(script);
  });
}
