const UNREACHABLE =
  '<main class="closed-card"><h1>The sandbox could not be reached</h1><p>Check that it is running, then reload the page.</p></main>';

async function fetchContent(sessionId: string): Promise<string> {
  try {
    const response = await fetch(`/_pages/embedded/${encodeURIComponent(sessionId)}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ client_secret: location.hash.slice(1) }),
    });
    return await response.text();
  } catch {
    return UNREACHABLE;
  }
}

/**
 * Fills the frame of an embedded page. The frame's own markup says nothing about the session: only
 * with the client secret of the fragment does the server tell what stands in it. Does nothing on
 * other pages.
 */
export async function loadEmbedded(): Promise<void> {
  const root = document.querySelector<HTMLElement>('[data-load]');
  if (!root) return;
  // The sandbox's own markup, made and escaped where the hosted page's is.
  root.innerHTML = await fetchContent(root.dataset['load'] ?? '');
  root.removeAttribute('aria-busy');
  document.body.classList.toggle('closed', root.querySelector('.closed-card') !== null);
}
