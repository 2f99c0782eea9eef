import type { PageLinkView } from './page-link-view.js';

/** What came of a reply. */
export type ReplyOutcome =
  | { is: 'unknown' }
  | { is: 'too-many' }
  | { is: 'unclear'; code: string }
  | { is: 'callback'; reference: string; number: string | null }
  | { is: 'refused'; reference: string; why: string }
  | {
      is: 'standing';
      view: PageLinkView;
      /** In a word. */
      now: 'claimed' | 'joined' | 'declined' | 'over';
      /** What somebody else is called who holds the ticket; null: nobody else does, or it does not matter. */
      otherHolder: string | null;
      /** The code that the reply came with. */
      code: string | null;
    }
  | { is: 'confirmed' }
  | { is: 'test-over' };

/** What the sender of a reply is told. */
export interface ReplyAnswer {
  /** One line. */
  subject: string;
  /** Fits into one or two SMS. It holds nothing of the case but its reference and the number to call. */
  text: string;
}

/** The words for what came of a reply. */
export function replyAnswer(outcome: ReplyOutcome): ReplyAnswer {
  switch (outcome.is) {
    case 'unknown':
      return said('Codegrey', 'This code is not known for your address. Use the link in the page, or call the desk.');
    case 'too-many':
      return said('Codegrey', 'Too many wrong codes from your address. Use the link in the page, or call the desk.');
    case 'unclear':
      return said('Codegrey', `Not understood. ${replyHint(outcome.code)}`);
    case 'callback':
      return said(outcome.reference, callbackSentence(outcome.number));
    case 'refused':
      return said(outcome.reference, outcome.why);
    case 'standing':
      return said(outcome.view.reference, standingSentences(outcome));
    case 'confirmed':
      return said('Codegrey', 'Thank you: your test page has arrived.');
    case 'test-over':
      return said('Codegrey', 'This test is over. The next one counts again.');
  }
}

/** How a page is answered by a reply, as its message says it. */
export function replyHint(code: string): string {
  return `Reply CLAIM ${code}, DECLINE ${code}, or CALL ${code} for the number to call.`;
}

function said(about: string, sentence: string): ReplyAnswer {
  return { subject: `${about}: ${sentence}`, text: `${about}: ${sentence}` };
}

function callbackSentence(number: string | null): string {
  if (number === null) return 'No number of this provider has been verified. Open the ticket for its contacts.';
  return `Call ${number}.`;
}

function standingSentences({ view, otherHolder, code }: ReplyOutcome & { is: 'standing' }): string {
  if (otherHolder !== null) return `Already claimed by ${otherHolder}.`;
  if (code !== null && view.actions.includes('undo'))
    return `${view.standing} Reply UNDO ${code} within a minute to give it back.`;
  if (code !== null && view.actions.includes('decline')) return `${view.standing} ${replyHint(code)}`;
  return view.standing;
}
