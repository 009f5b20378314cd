type Handler = (request: Request, clientAddress?: string | null) => Promise<Response>;

/** Sends what the app's pages send to an auth handler, and keeps cookies as a browser does. */
export interface BrowserStandIn {
  post(path: string, body: Record<string, unknown>): Promise<Response>;
  headers(): Headers;
  /** Every Set-Cookie line so far. */
  setCookies: string[];
  cookies: Map<string, string>;
}

export function openBrowser(
  handler: Handler,
  origin: string,
  given: { headers?: Record<string, string>; address?: string } = {},
): BrowserStandIn {
  const cookies = new Map<string, string>();
  const setCookies: string[] = [];
  const headers = () => {
    const all = new Headers({ origin, 'content-type': 'application/json', ...given.headers });
    if (cookies.size > 0) {
      all.set('cookie', [...cookies].map(([name, value]) => `${name}=${value}`).join('; '));
    }
    return all;
  };
  const keep = (line: string) => {
    setCookies.push(line);
    const [pair = ''] = line.split(';');
    const at = pair.indexOf('=');
    const name = pair.slice(0, at);
    if (/max-age=0/i.test(line)) cookies.delete(name);
    else cookies.set(name, pair.slice(at + 1));
  };
  return {
    post: async (path, body) => {
      const request = new Request(`${origin}/auth${path}`, {
        method: 'POST',
        headers: headers(),
        body: JSON.stringify(body),
      });
      const response = await handler(request, given.address ?? '127.0.0.1');
      response.headers.getSetCookie().forEach(keep);
      return response;
    },
    headers,
    setCookies,
    cookies,
  };
}
