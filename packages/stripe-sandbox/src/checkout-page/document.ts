import { html } from 'hono/html';

/** Markup that is escaped already. */
export type Markup = ReturnType<typeof html>;

type DocumentParts = { title: string; bodyClass: string; script: string | null; body: Markup };

/** The frame of every page: one stylesheet and at most one script, both files of the sandbox's own. */
export function htmlDocument({ title, bodyClass, script, body }: DocumentParts): Markup {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <title>${title}</title>
        <link rel="icon" href="data:," />
        <link rel="stylesheet" href="/_pages/checkout.css" />
        ${script === null ? '' : html`<script src="${script}" defer></script>`}
      </head>
      <body class="${bodyClass}">
        ${body}
      </body>
    </html>`;
}
