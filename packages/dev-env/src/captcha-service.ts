import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A CAPTCHA service on loopback that answers as hCaptcha and Turnstile do. */
export interface CaptchaService {
  origin: string;
  /** What an app is given to use it. */
  env: Record<
    'CAPTCHA_VERIFY_URL' | 'CAPTCHA_SECRET' | 'CAPTCHA_SITE_KEY' | 'CAPTCHA_SCRIPT_URL',
    string
  >;
  /** The forms that its `siteverify` was asked with. */
  asked: URLSearchParams[];
  close(): Promise<void>;
}

/** The answer that passes; any other does not. */
const personsAnswer = 'a person';

/** Starts one. Its widget has a button for people and one for programs, in a frame of its own. */
export async function openCaptchaService(): Promise<CaptchaService> {
  const asked: URLSearchParams[] = [];
  const server = createServer((request, response) => void serve(request, response, asked));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  return {
    origin,
    env: {
      CAPTCHA_VERIFY_URL: `${origin}/siteverify`,
      CAPTCHA_SECRET: 'shh',
      CAPTCHA_SITE_KEY: 'site',
      CAPTCHA_SCRIPT_URL: `${origin}/api.js`,
    },
    asked,
    close: () => close(server),
  };
}

function close(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(() => resolve()));
}

async function serve(
  request: IncomingMessage,
  response: ServerResponse,
  asked: URLSearchParams[],
): Promise<void> {
  const send = (type: string, body: string) =>
    response.setHeader('content-type', `${type}; charset=utf-8`).end(body);
  switch (new URL(request.url ?? '/', 'http://service').pathname) {
    case '/siteverify': {
      const form = new URLSearchParams(await readBody(request));
      asked.push(form);
      const success = form.get('response') === personsAnswer;
      return void send('application/json', JSON.stringify({ success }));
    }
    case '/api.js':
      return void send('text/javascript', script);
    case '/widget':
      return void send('text/html', widget);
    default:
      response.writeHead(404).end();
  }
}

async function readBody(request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const chunk of request) body += String(chunk);
  return body;
}

/** What both services' scripts do: `render` shows the widget and hears of its answer. */
const script = `{
  const { origin } = new URL(document.currentScript.src);
  window.hcaptcha = {
    render(place, { callback }) {
      const frame = document.createElement('iframe');
      frame.title = 'Are you a person?';
      frame.src = origin + '/widget';
      frame.style = 'width: 300px; height: 80px';
      window.addEventListener('message', (message) => {
        if (message.source === frame.contentWindow) callback(message.data);
      });
      place.append(frame);
    },
  };
}`;

const widget = `<!doctype html>
<html lang="en">
  <title>Are you a person?</title>
  <form aria-label="Are you a person?">
    <button type="button" value="${personsAnswer}">I am a person</button>
    <button type="button" value="a program">I am a program</button>
    <p role="status"></p>
  </form>
  <script>
    for (const button of document.querySelectorAll('button')) {
      button.onclick = () => {
        parent.postMessage(button.value, '*');
        document.querySelector('p').textContent = 'Answered';
      };
    }
  </script>
</html>`;
