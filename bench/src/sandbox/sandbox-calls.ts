/** One kind of call the sandbox is measured by. */
export interface SandboxCall {
  name: string;
  method: 'GET' | 'POST';
  path: string;
  body: string;
}

const secretKey = 'sk_test_benchSandbox';

/** A call of the sandbox; throws its error, or answers its body as it came. */
async function ask(url: string, path: string, form?: Record<string, string>): Promise<string> {
  const response = await fetch(`${url}${path}`, {
    method: form ? 'POST' : 'GET',
    headers: { authorization: `Bearer ${secretKey}` },
    ...(form && { body: new URLSearchParams(form) }),
  });
  const body = await response.text();
  if (!response.ok) throw new Error(body);
  return body;
}

const idOf = (body: string): string => (JSON.parse(body) as { id: string }).id;

/** Saves a card and says which calls are measured with it. */
export async function sandboxCalls(url: string): Promise<{
  secretKey: string;
  calls: SandboxCall[];
  lengthOf(call: SandboxCall): Promise<number>;
}> {
  const customer = idOf(await ask(url, '/v1/customers', { email: 'ada@example.com' }));
  const method = idOf(await ask(url, '/v1/payment_methods/pm_card_visa/attach', { customer }));
  const form = (fields: Record<string, string>): string => new URLSearchParams(fields).toString();
  return {
    secretKey,
    calls: [
      {
        name: 'create customer',
        method: 'POST',
        path: '/v1/customers',
        body: form({ email: 'ada@example.com', name: 'Ada Lovelace', 'metadata[shop]': 'bench' }),
      },
      {
        name: 'off-session charge',
        method: 'POST',
        path: '/v1/payment_intents',
        body: form({
          amount: '1099',
          currency: 'usd',
          customer,
          payment_method: method,
          off_session: 'true',
          confirm: 'true',
          'metadata[payment]': 'pay_1',
        }),
      },
      { name: 'list', method: 'GET', path: '/v1/payment_intents?limit=10', body: '' },
    ],
    async lengthOf(call) {
      const fields = Object.fromEntries(new URLSearchParams(call.body));
      const answer = await ask(url, call.path, call.method === 'POST' ? fields : undefined);
      return Buffer.byteLength(answer);
    },
  };
}
