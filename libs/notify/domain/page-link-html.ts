import { escapeHtml, smallPage } from '../../platform/domain/index.js';
import type { PageLinkAction, PageLinkView } from './page-link-view.js';
import { singleLine } from './text.js';

/** Why a responder may decline (the reasons of the API), with the words for it. */
const declineReasons = [
  ['no-capacity', 'No capacity'],
  ['conflict-of-interest', 'Conflict of interest'],
  ['wrong-skill', 'Not my field'],
  ['other', 'Another reason'],
] as const;

/**
 * The page behind a page link, for a phone: no script, and nothing but its buttons does anything. `path` is the address of the
 * link itself; `notice` says what came of a button, where that is not plain from the state.
 */
export function pageLinkHtml(view: PageLinkView, path: string, notice?: string): string {
  const { severity, reference } = view;
  const parts = [
    view.exercise ? '<p class="drill">EXERCISE: this is a drill.</p>' : '',
    `<h1>${escapeHtml(severity)} ticket <span class="whole">${escapeHtml(reference)}</span></h1>`,
    view.summary === null
      ? '<p class="help">What it is about may be read at the desk only.</p>'
      : `<p>${escapeHtml(singleLine(view.summary))}</p>`,
    notice === undefined ? '' : `<p class="notice" role="alert">${escapeHtml(singleLine(notice))}</p>`,
    `<p class="lead" role="status">${escapeHtml(view.standing)}</p>`,
    ...view.actions.map((action) => form(action, path, view.undoUntil)),
  ];
  return smallPage(`${severity} ${reference}`, parts.filter((part) => part !== '').join('\n'));
}

/** What is shown for a link that is unknown or whose time is over. The two are not told apart. */
export function unknownLinkHtml(): string {
  const text = '<p>It is unknown or has expired. Open the ticket at the desk, or call it.</p>';
  return smallPage('Page link', `<h1>This link leads nowhere</h1>\n${text}`);
}

function form(action: PageLinkAction, path: string, undoUntil: Date | null): string {
  const at = (name: string) => escapeHtml(`${path}/${name}`);
  switch (action) {
    case 'claim':
      return `<form method="post" action="${at('claim')}"><button class="main">Claim the ticket</button>
<p class="help">It is yours then, and the others are no longer asked.</p></form>`;
    case 'join':
      return `<form method="post" action="${at('claim')}"><button class="main">Join the response</button>
<p class="help">You help the one who holds the ticket.</p></form>`;
    case 'confirm':
      return `<form method="post" action="${at('confirm')}"><button class="main">I am still on it</button>
<p class="help">The ticket stays with you.</p></form>`;
    case 'undo':
      return `<form method="post" action="${at('undo')}"><button>Give it back</button>
<p class="help">Pressed by mistake? It can be taken back${until(undoUntil)}; others are then asked again.</p></form>`;
    case 'decline': {
      const options = declineReasons.map(([value, label]) => `<option value="${value}">${label}</option>`).join('');
      return `<form method="post" action="${at('decline')}"><label for="reason">Cannot help? Say why:</label>
<select id="reason" name="reason">${options}</select><button>Decline</button>
<p class="help">The next person is asked at once.</p></form>`;
    }
  }
}

/** In UTC, for the page does not know its reader's zone. */
function until(instant: Date | null): string {
  return instant === null ? '' : ` until ${instant.toISOString().slice(11, 19)} UTC`;
}
