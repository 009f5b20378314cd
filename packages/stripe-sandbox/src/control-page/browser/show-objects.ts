import { act, callControl } from './call-control.ts';
import { button, draw, drawTable, instant, showIn } from './draw.ts';

const SHOWN = 12;

type Shown = { id: string; created: number | string; status?: string; disputed?: boolean };
type Listed = { accountId: string; object: Shown };
type Offer = { label: string; path: string; body?: object; done: string };

/** What banks and networks may do to an object. */
const OFFERS: { [type: string]: (object: Shown) => Offer[] } = {
  payment_method: ({ id }) => [
    { label: 'Renew card', path: `payment_methods/${id}/update`, done: 'The card was renewed.' },
  ],
  mandate: ({ id, status }) =>
    status === 'inactive'
      ? []
      : [{ label: 'Revoke', path: `mandates/${id}/revoke`, done: 'The mandate was revoked.' }],
  charge: ({ id, status, disputed }) =>
    status !== 'succeeded' || disputed === true
      ? []
      : [{ label: 'Dispute', path: `charges/${id}/dispute`, done: 'The charge is disputed.' }],
  dispute: ({ id, status }) =>
    status === 'won' || status === 'lost' || status === 'warning_closed'
      ? []
      : (['won', 'lost'] as const).map((end) => ({
          label: end === 'won' ? 'Close: won' : 'Close: lost',
          path: `disputes/${id}/close`,
          body: { status: end },
          done: `The dispute was ${end}.`,
        })),
};

/** The types there are, and the newest objects of the chosen one. */
export async function showObjects(refresh: () => Promise<void>): Promise<void> {
  const counts = await callControl<{ [type: string]: number }>('GET', 'objects');
  const choice = document.querySelector<HTMLSelectElement>('#object-type');
  if (choice === null) return;
  const chosen = choice.value || ('payment_intent' in counts ? 'payment_intent' : '');
  showIn('object-type', counts, () =>
    Object.entries(counts).map(([type, count]) =>
      draw('option', { value: type }, `${type} (${String(count)})`),
    ),
  );
  if (chosen in counts) choice.value = chosen;
  const type = choice.value;
  const listed =
    type === ''
      ? []
      : await callControl<Listed[]>(
          'GET',
          `objects/${encodeURIComponent(type)}?limit=${String(SHOWN)}`,
        );
  showIn('objects', [type, listed], () => [
    drawTable(
      ['Created', 'Id', 'Status', 'Account', 'Do'],
      listed.map((row) => drawRow(type, row, refresh)),
      'There is nothing yet.',
    ),
  ]);
}

function drawRow(
  type: string,
  { object, accountId }: Listed,
  refresh: () => Promise<void>,
): (Node | string)[] {
  const created =
    typeof object.created === 'number' ? object.created * 1000 : Date.parse(object.created);
  const offers = OFFERS[type]?.(object) ?? [];
  const inside = draw('pre', { tabindex: '0' }, JSON.stringify(object, null, 2));
  return [
    instant(created),
    draw('details', {}, draw('summary', {}, draw('code', {}, object.id)), inside),
    object.status ?? '–',
    draw('code', {}, accountId),
    draw(
      'span',
      { class: 'buttons' },
      ...offers.map(({ label, path, body, done }) =>
        button(
          label,
          () => void act(done, () => callControl('POST', path, body), refresh),
          `${label}: ${object.id}`,
        ),
      ),
    ),
  ];
}
