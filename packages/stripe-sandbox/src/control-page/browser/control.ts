import { act, callControl } from './call-control.ts';
import { instant } from './draw.ts';
import { say } from './say.ts';
import { showDeliveries, showRequests } from './show-lists.ts';
import { showObjects } from './show-objects.ts';
import { showPlanted, showSettings } from './show-planted.ts';

const EVERY_MS = 2000;

async function showClock(): Promise<void> {
  const { now } = await callControl<{ now: number }>('GET', 'clock');
  const place = document.querySelector<HTMLTimeElement>('#now');
  if (place === null) return;
  place.dateTime = new Date(now).toISOString();
  place.textContent = `${instant(now)} UTC`;
}

async function refresh(): Promise<void> {
  await showClock();
  await showPlanted(refresh);
  await showSettings();
  await showRequests();
  await showDeliveries(refresh);
  await showObjects(refresh);
}

function onPress(selector: string, press: (element: HTMLElement) => Promise<void>): void {
  for (const element of document.querySelectorAll<HTMLElement>(selector)) {
    element.addEventListener('click', () => void press(element));
  }
}

/** Sends a form's fields as JSON, numbers as numbers. */
function onSubmit(id: string, path: string, done: string, more: object): void {
  const form = document.querySelector<HTMLFormElement>(id);
  form?.addEventListener('submit', (event) => {
    event.preventDefault();
    const fields = Object.fromEntries(
      [...new FormData(form)].map(([name, value]) => [
        name,
        form.querySelector(`[name=${name}]`)?.getAttribute('type') === 'number'
          ? Number(value)
          : value,
      ]),
    );
    void act(done, () => callControl('POST', path, { ...fields, ...more }), refresh);
  });
}

onPress('[data-advance]', async ({ dataset, textContent }) => {
  const advanceSeconds = Number(dataset.advance);
  const change = () => callControl('POST', 'clock', { advanceSeconds });
  await act(`The clock was moved: ${textContent}.`, change, refresh);
});
onPress('[data-delete]', async ({ dataset }) => {
  await act('Forgotten.', () => callControl('DELETE', dataset.delete ?? ''), refresh);
});
onPress('[data-webhook]', async ({ dataset }) => {
  const isDrop = dataset.webhook === 'drop';
  const change = () => callControl('POST', 'webhooks', isDrop ? { drop: {} } : { double: {} });
  const done = isDrop ? 'The next delivery gets lost.' : 'The next delivery comes twice.';
  await act(done, change, refresh);
});
onPress('#pause', async (element) => {
  const paused = element.getAttribute('aria-pressed') !== 'true';
  const done = paused ? 'Webhooks are held.' : 'Webhooks go out again.';
  await act(done, () => callControl('POST', 'webhooks', { paused }), refresh);
});
onPress('#deliver', async () => {
  let tried = 0;
  const change = async (): Promise<void> => {
    ({ tried } = await callControl<{ tried: number }>('POST', 'webhooks/deliver'));
  };
  await act('', change, refresh);
  say(`Deliveries tried: ${String(tried)}.`);
});
onSubmit('#bank-form', 'bank', 'The bank will say so at the next charge.', {});
onSubmit('#fault-form', 'faults', 'Planted.', { delayMs: 5000 });
document.querySelector<HTMLSelectElement>('#rates')?.addEventListener('change', (event) => {
  const { value: rates } = event.target as HTMLSelectElement;
  void act(`Rate limits: ${rates}.`, () => callControl('POST', 'limits', { rates }), refresh);
});
document.querySelector<HTMLInputElement>('#locks')?.addEventListener('change', (event) => {
  const { checked: locks } = event.target as HTMLInputElement;
  void act(
    `Locks: ${locks ? 'on' : 'off'}.`,
    () => callControl('POST', 'limits', { locks }),
    refresh,
  );
});
document.querySelector('#object-type')?.addEventListener('change', () => void refresh());

/** Keeps up with the sandbox; a sandbox that is restarting is asked again. */
async function keepUp(): Promise<void> {
  await refresh().catch(() => {
    say('The sandbox does not answer.');
  });
  setTimeout(() => void keepUp(), EVERY_MS);
}
void keepUp();
