import type { PageLinkAction, PageLinkView } from './page-link-view.js';
import { escapeHtml, singleLine } from './text.js';

/** Why a responder may decline (the reasons of the API), with the words for it. */
const declineReasons = [
  ['no-capacity', 'No capacity'],
  ['conflict-of-interest', 'Conflict of interest'],
  ['wrong-skill', 'Not my field'],
  ['other', 'Another reason'],
] as const;

const style = `
  :root { color-scheme: light dark; font: 1.125rem/1.5 system-ui, sans-serif; }
  body { max-width: 32rem; margin: 0 auto; padding: 1rem; }
  h1 { font-size: 1.5rem; margin: 0 0 0.5rem; }
  .drill, .notice { border: 2px solid; padding: 0.5rem 0.75rem; font-weight: 600; }
  form { margin: 1rem 0; display: grid; gap: 0.5rem; }
  button, select { font: inherit; padding: 0.75rem; width: 100%; box-sizing: border-box; }
  button { font-weight: 600; cursor: pointer; }`;

/**
 * The page behind a page link, for a phone: no script, and nothing but its buttons does anything. `path` is the address of the
 * link itself; `notice` says what came of a button, where that is not plain from the state.
 */
export function pageLinkHtml(view: PageLinkView, path: string, notice?: string): string {
  const parts = [
    view.exercise ? '<p class="drill">EXERCISE: this is a drill.</p>' : '',
    `<h1>${escapeHtml(view.severity)} ticket ${escapeHtml(view.reference)}</h1>`,
    view.summary === null ? '' : `<p>${escapeHtml(singleLine(view.summary))}</p>`,
    notice === undefined ? '' : `<p class="notice" role="alert">${escapeHtml(singleLine(notice))}</p>`,
    `<p role="status">${escapeHtml(view.standing)}</p>`,
    ...view.actions.map((action) => form(action, path)),
  ];
  return document(`${view.severity} ${view.reference}`, parts.filter((part) => part !== '').join('\n'));
}

/** What is shown for a link that is unknown or whose time is over. The two are not told apart. */
export function unknownLinkHtml(): string {
  const text = '<p>It is unknown or has expired. Open the ticket at the desk, or call it.</p>';
  return document('Page link', `<h1>This link leads nowhere</h1>\n${text}`);
}

function form(action: PageLinkAction, path: string): string {
  const at = (name: string) => escapeHtml(`${path}/${name}`);
  switch (action) {
    case 'claim':
      return `<form method="post" action="${at('claim')}"><button>Claim the ticket</button></form>`;
    case 'join':
      return `<form method="post" action="${at('claim')}"><button>Join the response</button></form>`;
    case 'confirm':
      return `<form method="post" action="${at('confirm')}"><button>I am here</button></form>`;
    case 'undo':
      return `<form method="post" action="${at('undo')}"><button>Undo (within 60 s)</button></form>`;
    case 'decline': {
      const options = declineReasons.map(([value, label]) => `<option value="${value}">${label}</option>`).join('');
      const select = `<select id="reason" name="reason">${options}</select>`;
      const label = '<label for="reason">Cannot help? Say why:</label>';
      return `<form method="post" action="${at('decline')}">${label}${select}<button>Decline</button></form>`;
    }
  }
}

function document(title: string, body: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex, nofollow">
<title>${escapeHtml(title)}</title>
<style>${style}
</style>
</head>
<body>
<main>
${body}
</main>
</body>
</html>
`;
}
