import { html } from 'hono/html';
import type { Markup } from '../checkout-page/document.ts';
import { DECLINE_NAMES } from '../declines.ts';
import type { FaultAction } from '../faults.ts';

const STEPS = [
  ['+1 hour', 3600],
  ['+1 day', 86_400],
  ['+7 days', 7 * 86_400],
  ['+30 days', 30 * 86_400],
] as const;

const ACTIONS: { [action in FaultAction]: string } = {
  status: 'Answer with an error status',
  rate_limit: 'Refuse: rate limit (429)',
  lock_timeout: 'Refuse: object locked (429)',
  reset_before: 'Reset the connection, nothing done',
  reset_after: 'Do the work, then reset the connection',
  truncate: 'Do the work, send half of the answer',
  hold_before: 'Hold before the work, until released',
  hold_after: 'Do the work, hold the answer until released',
  delay: 'Answer 5 seconds late',
};

function panel(id: string, title: string, body: Markup): Markup {
  return html`<section class="panel" aria-labelledby="${id}-title">
    <h2 id="${id}-title">${title}</h2>
    ${body}
  </section>`;
}

export function clockPanel(): Markup {
  return panel(
    'clock',
    'Move the clock',
    html`<p>Expiries, holds, debits, retries and keys follow.</p>
      <div class="buttons">
        ${STEPS.map(
          ([label, seconds]) =>
            html`<button type="button" data-advance="${seconds}">${label}</button>`,
        )}
      </div>`,
  );
}

export function bankPanel(): Markup {
  const declines = [...DECLINE_NAMES].sort();
  return panel(
    'bank',
    'The next charge',
    html`<form id="bank-form">
        <label
          >The bank says
          <select name="outcome">
            <option value="generic_decline">generic_decline</option>
            <option value="insufficient_funds">insufficient_funds</option>
            <option value="authentication_required">authentication_required</option>
            <optgroup label="Not a decline">
              <option value="approve">approve</option>
              <option value="challenge">challenge (3D Secure)</option>
            </optgroup>
            <optgroup label="All declines">
              ${declines.map((name) => html`<option value="${name}">${name}</option>`)}
            </optgroup>
          </select></label
        >
        ${times()}
        <button>Plan it</button>
      </form>
      <ul id="bank-list" class="planted" aria-label="Planned answers of the bank"></ul>
      <button type="button" class="quiet" data-delete="bank">Forget all</button>`,
  );
}

export function faultPanel(): Markup {
  return panel(
    'faults',
    'The next answers',
    html`<form id="fault-form">
        <label
          >What happens
          <select name="action">
            ${Object.entries(ACTIONS).map(
              ([action, label]) => html`<option value="${action}">${label}</option>`,
            )}
          </select></label
        >
        <label
          >Status of an error
          <input name="status" type="number" min="400" max="599" value="500" required
        /></label>
        <label
          >Method
          <select name="method">
            <option>POST</option>
            <option>GET</option>
            <option>DELETE</option>
            <option value="*">any</option>
          </select></label
        >
        <label
          >Path begins with
          <input name="path" value="/v1/payment_intents" required spellcheck="false"
        /></label>
        ${times()}
        <button>Plant it</button>
      </form>
      <ul id="fault-list" class="planted" aria-label="Planted faults"></ul>
      <button type="button" class="quiet" data-delete="faults">Release and forget all</button>`,
  );
}

export function webhookPanel(): Markup {
  return panel(
    'webhooks',
    'Webhooks and limits',
    html`<div class="buttons">
        <button type="button" id="pause" aria-pressed="false">Hold webhooks</button>
        <button type="button" id="deliver">Deliver what waits</button>
        <button type="button" data-webhook="drop">Lose the next</button>
        <button type="button" data-webhook="double">Double the next</button>
      </div>
      <label
        >Rate limits
        <select id="rates">
          <option value="off">off</option>
          <option value="test">as in test mode: 25 a second</option>
          <option value="live">as live: 100 a second, 25 an endpoint</option>
        </select></label
      >
      <label class="tick"
        ><input type="checkbox" id="locks" /> Two requests may not write to one object at a
        time</label
      >`,
  );
}

function times(): Markup {
  return html`<label
    >How often <input name="times" type="number" min="1" max="1000" value="1" required
  /></label>`;
}
