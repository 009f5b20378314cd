import { createHmac } from 'node:crypto';

/** A body with its signature of this moment, as Stripe sends it. */
export function sign(body: string, secret: string): { body: Buffer; signature: string } {
  const at = Math.floor(Date.now() / 1000);
  const v1 = createHmac('sha256', secret)
    .update(`${String(at)}.${body}`)
    .digest('hex');
  return { body: Buffer.from(body), signature: `t=${String(at)},v1=${v1}` };
}
