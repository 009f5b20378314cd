import { findElement } from '../../checkout-page/browser/find-element.ts';
import type { FrameEvent, FrameSettings, ToFrame } from '../../stripe-js/element-messages.ts';
import { answerHost } from './answer-host.ts';
import { applyLook, applyOptions, presetFields } from './apply-look.ts';
import { describeChange } from './describe-change.ts';
import { inputsInUse, showFault, showPostalCode } from './frame-fields.ts';
import { openHostChannel } from './host-channel.ts';
import { showChosen, showOffer, wireTestValues } from './payment-choice.ts';
import { answerSiblings } from './split-card.ts';
import { wireFields } from './wire-fields.ts';

const channel = openHostChannel(hear);
let settings: FrameSettings | undefined;
let lastChange = '';

function tellEvent(name: FrameEvent, detail: object): void {
  channel.tell({ sandboxElement: true, type: 'event', name, detail });
}

/** Tells of a change once: the same state twice is no news. */
function changed(): void {
  if (!settings) return;
  const detail = describeChange(settings);
  const text = JSON.stringify(detail);
  if (text === lastChange) return;
  lastChange = text;
  tellEvent('change', detail);
}

function arrange(): void {
  if (!settings) return;
  const { kind, offer, options } = settings;
  applyLook(options);
  applyOptions(options);
  if (kind === 'payment' && offer) showChosen(offer, options.terms ?? true);
  const postalHidden = options.hiddenFields?.includes('postal_code') ?? false;
  if (kind === 'payment') showPostalCode(postalHidden);
}

function build(): void {
  if (settings?.kind !== 'payment' || !settings.offer) return;
  const { offer, options } = settings;
  const first = options.methodOrder?.filter((type) => offer.methods.includes(type)) ?? [];
  const methods = [...new Set([...first, ...offer.methods])];
  showOffer({ ...offer, methods }, (methodId) =>
    channel.tell({ sandboxElement: true, type: 'remove', methodId }),
  );
}

function start(given: FrameSettings): void {
  settings = given;
  findElement('frame', HTMLElement).hidden = false;
  presetFields(given.options);
  build();
  arrange();
  wireFields(changed);
  if (given.kind === 'payment') wireTestValues();
  findElement('form', HTMLFormElement).addEventListener('submit', (event) =>
    event.preventDefault(),
  );
  document.addEventListener('change', () => {
    arrange();
    changed();
  });
  document.addEventListener('focusin', () => tellEvent('focus', {}));
  document.addEventListener('focusout', () => tellEvent('blur', {}));
  document.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') tellEvent('escape', {});
  });
  const report = (): void => {
    const { height } = findElement('frame', HTMLElement).getBoundingClientRect();
    channel.tell({ sandboxElement: true, type: 'resize', height });
  };
  new ResizeObserver(report).observe(findElement('frame', HTMLElement));
  answerSiblings(given.kind, given.group);
  channel.tell({ sandboxElement: true, type: 'ready' });
  changed();
}

function clear(): void {
  for (const input of document.querySelectorAll<HTMLInputElement>('#form input[data-rule]')) {
    input.value = '';
    showFault(input, undefined);
  }
  changed();
}

function hear(message: ToFrame): void {
  if (message.type === 'init') {
    if (!settings) start(message.settings);
    return;
  }
  if (!settings) return;
  if (message.type === 'update') {
    settings = { ...settings, options: message.options };
    arrange();
  } else if (message.type === 'offer') {
    settings = { ...settings, offer: message.offer };
    build();
    arrange();
    changed();
  } else if (message.type === 'ask') {
    const { id } = message;
    void answerHost(settings, message.ask).then((answer) => {
      channel.tell({ sandboxElement: true, type: 'answer', id, answer });
      changed();
    });
  } else if (message.type === 'focus') inputsInUse()[0]?.focus();
  else if (message.type === 'blur') (document.activeElement as HTMLElement | null)?.blur();
  else if (message.type === 'clear') clear();
}
