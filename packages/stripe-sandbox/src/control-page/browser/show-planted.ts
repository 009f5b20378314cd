import { act, callControl } from './call-control.ts';
import { button, draw, showIn } from './draw.ts';

type Fault = { id: string; action: string; method: string; path: string; left: number | null };
type Override = { id: string; outcome: string; left: number };
type Webhooks = { paused: boolean };
type Limits = { rates: string; locks: boolean };

/** What is planted and waits for its request or charge. */
export async function showPlanted(refresh: () => Promise<void>): Promise<void> {
  const { planted } = await callControl<{ planted: Override[] }>('GET', 'bank');
  showIn('bank-list', planted, () =>
    planted.map(({ outcome, left }) => draw('li', {}, `${outcome}, ${timesLeft(left)}`)),
  );
  const faults = await callControl<Fault[]>('GET', 'faults');
  const listed = faults.filter(({ left, action }) => left !== 0 || action.startsWith('hold'));
  showIn('fault-list', listed, () => listed.map((fault) => drawFault(fault, refresh)));
}

function drawFault(fault: Fault, refresh: () => Promise<void>): HTMLElement {
  const { id, action, method, path, left } = fault;
  const item = draw('li', {}, `${action}: ${method} ${path}, ${timesLeft(left)} `);
  if (action.startsWith('hold')) {
    item.append(
      button('Release', () => {
        const release = () => callControl('POST', `faults/${id}/release`);
        void act('What was held goes on.', release, refresh);
      }),
    );
  }
  return item;
}

function timesLeft(left: number | null): string {
  if (left === null) return 'until it is ended';
  if (left === 0) return 'used up';
  return left === 1 ? 'once' : `${String(left)} times`;
}

/** Whether webhooks are held, and the limits, as they are now. */
export async function showSettings(): Promise<void> {
  const { paused } = await callControl<Webhooks>('GET', 'webhooks');
  document.querySelector('#pause')?.setAttribute('aria-pressed', String(paused));
  const { rates, locks } = await callControl<Limits>('GET', 'limits');
  const choice = document.querySelector<HTMLSelectElement>('#rates');
  if (choice !== null && choice !== document.activeElement) choice.value = rates;
  const tick = document.querySelector<HTMLInputElement>('#locks');
  if (tick !== null) tick.checked = locks;
}
