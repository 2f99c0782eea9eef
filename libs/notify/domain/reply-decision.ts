import type { PageLinkAction } from './page-link-view.js';
import type { ReplyCommand } from './reply.js';

/** What a reply with a valid code does. */
export type ReplyDecision = 'claim' | 'decline' | 'undo' | 'tell-number' | 'tell-standing';

/** What is known when a reply about a page is decided. */
export interface ReplyFacts {
  command: ReplyCommand;
  /** What the page's reader can do at this moment. */
  actions: readonly PageLinkAction[];
  /** Its reader holds the ticket or has joined its response. */
  worksOnIt: boolean;
  /** The code has claimed or declined before, or its time is over. */
  isSpent: boolean;
}

/**
 * Decides what a reply does. A code claims or declines once; whatever comes after that, or too late, is told how it stands. Taking a
 * claim back needs the code that claimed, so a spent one does that. The number is told to whoever is asked or works on it.
 */
export function decideReply({ command, actions, worksOnIt, isSpent }: ReplyFacts): ReplyDecision {
  const mayAccept = actions.includes('claim') || actions.includes('join');
  switch (command) {
    case 'claim':
      return mayAccept && !isSpent ? 'claim' : 'tell-standing';
    case 'decline':
      return actions.includes('decline') && !isSpent ? 'decline' : 'tell-standing';
    case 'undo':
      return actions.includes('undo') ? 'undo' : 'tell-standing';
    case 'call':
      return mayAccept || worksOnIt ? 'tell-number' : 'tell-standing';
  }
}
