import { html } from 'hono/html';

/** The button that sends a form, with its states, and the place where they are announced. */
export function submitButton(words: string) {
  return html`<button type="submit" id="submit" class="submit" data-state="idle">
      <span class="submit-words" data-idle="${words}">${words}</span>
      <svg class="spinner" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
        <circle cx="12" cy="12" r="9" />
      </svg>
      <svg class="tick" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
        <path d="M5 12.5l4.5 4.5L19 7.5" />
      </svg>
    </button>
    <p class="visually-hidden" role="status" id="progress"></p>`;
}

/** Where a bank's page is shown over the form. */
export function challengeDialog() {
  return html`<dialog
    id="challenge"
    class="challenge-dialog"
    aria-labelledby="challenge-title"
    closedby="none"
  >
    <h2 id="challenge-title" class="visually-hidden">Authenticate with your bank</h2>
    <iframe id="challenge-frame" title="3D Secure authentication"></iframe>
  </dialog>`;
}
