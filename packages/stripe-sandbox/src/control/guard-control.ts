import type { HttpBindings } from '@hono/node-server';
import type { MiddlewareHandler } from 'hono';
import { refusal } from '../errors.ts';

const LOOPBACK_HOST = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])(:\d+)?$/i;
const LOOPBACK_ADDRESS = /^(127\.|::1$|::ffff:127\.)/;

/**
 * The control API has no keys. So it answers only callers of this machine that ask for a loopback host,
 * and changes only by JSON, which no foreign web page can send unasked.
 */
export const guardControl: MiddlewareHandler<{ Bindings: HttpBindings }> = async (c, next) => {
  const host = c.req.header('host') ?? '';
  const address = c.env.incoming.socket.remoteAddress ?? '';
  if (!LOOPBACK_HOST.test(host) || !LOOPBACK_ADDRESS.test(address)) {
    throw refusal(403, 'The control API answers on loopback only.');
  }
  const type = c.req.header('content-type') ?? '';
  const isEmpty =
    (c.req.header('content-length') ?? '0') === '0' && !c.req.header('transfer-encoding');
  if (c.req.method !== 'GET' && !isEmpty && !type.startsWith('application/json')) {
    throw refusal(415, 'The control API takes JSON.');
  }
  const site = c.req.header('sec-fetch-site') ?? 'none';
  const origin = c.req.header('origin') ?? `http://${host}`;
  // A link to the page may stand anywhere; only a person follows it, and it changes nothing.
  const isLink = c.req.method === 'GET' && c.req.header('sec-fetch-dest') === 'document';
  if (!isLink && (!['same-origin', 'none'].includes(site) || origin !== `http://${host}`)) {
    throw refusal(403, 'The control API is not for other web pages.');
  }
  await next();
};
