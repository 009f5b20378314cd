import { act, callControl } from './call-control.ts';
import { button, draw, drawTable, instant, showIn } from './draw.ts';

const SHOWN = 12;

type LoggedRequest = { id: string; at: number; method: string; path: string; status: number };
type Delivery = {
  id: number;
  type: string;
  eventId: string;
  endpointId: string;
  state: string;
  attempts: number;
  lastStatus: number | null;
  createdAt: number;
};

/** The newest API requests, newest first. */
export async function showRequests(): Promise<void> {
  const all = await callControl<LoggedRequest[]>('GET', 'requests');
  const newest = all.slice(-SHOWN).reverse();
  showIn('requests', newest, () => [
    drawTable(
      ['Time', 'Method', 'Path', 'Status', 'Request'],
      newest.map((request) => [
        instant(request.at),
        request.method,
        draw('code', {}, request.path),
        statusMark(request.status),
        draw('code', {}, request.id),
      ]),
      'No request has come yet.',
    ),
  ]);
}

/** The newest deliveries; each can be sent, again too. */
export async function showDeliveries(refresh: () => Promise<void>): Promise<void> {
  const all = await callControl<Delivery[]>('GET', 'deliveries');
  const newest = all.slice(0, SHOWN);
  showIn('deliveries', newest, () => [
    drawTable(
      ['Time', 'Event', 'State', 'Tries', 'Answer', 'Endpoint', 'Do'],
      newest.map((delivery) => [
        instant(delivery.createdAt),
        draw('span', { title: delivery.eventId }, delivery.type),
        delivery.state,
        String(delivery.attempts),
        delivery.lastStatus === null ? '–' : statusMark(delivery.lastStatus),
        draw('code', {}, delivery.endpointId),
        button(
          'Send now',
          () => {
            const path = `deliveries/${String(delivery.id)}/deliver`;
            void act(`${delivery.type} was sent.`, () => callControl('POST', path), refresh);
          },
          `Send now: ${delivery.type}`,
        ),
      ]),
      'Nothing was sent: no webhook endpoint wanted it.',
    ),
  ]);
}

function statusMark(status: number): HTMLElement {
  return draw('span', { class: status < 300 ? 'fine' : 'bad' }, String(status));
}
