import { mayDisclose, type TlpLabel } from './disclosure.js';
import type { SeverityLevel } from './severity-level.js';

/** A claim by link can be taken back for so long. */
export const undoLastsMs = 60_000;

/** What a page link is about. */
export interface PageLinkFacts {
  page: {
    responderId: string;
    state: 'owed' | 'sent' | 'delivered' | 'failed' | 'acknowledged' | 'withdrawn';
    purpose: 'claim' | 'reinforce' | 'notice' | 'lease';
    response: 'claimed' | 'declined' | 'joined' | 'confirmed' | null;
    acknowledgedAt: Date | null;
  };
  ticket: {
    reference: string;
    severity: SeverityLevel;
    summary: string;
    tlp: TlpLabel;
    exercise: boolean;
    state: 'open' | 'claimed' | 'resolved' | 'closed' | 'rejected' | 'merged';
    claimedBy: string | null;
  };
}

/** What its reader can do by a link. */
export type PageLinkAction = 'claim' | 'join' | 'confirm' | 'decline' | 'undo';

/** What a link shows at a moment. */
export interface PageLinkView {
  reference: string;
  severity: SeverityLevel;
  exercise: boolean;
  /** Null where the label does not let it leave the desk. */
  summary: string | null;
  /** How it stands, as a sentence to the responder. */
  standing: string;
  actions: PageLinkAction[];
  /** Until when the claim can be taken back. */
  undoUntil: Date | null;
}

/**
 * What a page link shows: the state at this moment, however often it is opened, and the buttons that would do something. It never
 * shows more than the message that it came with.
 */
export function viewPageLink({ page, ticket }: PageLinkFacts, now: Date): PageLinkView {
  const { reference, severity, exercise } = ticket;
  const summary = mayDisclose(ticket.tlp, 'confidential', 'responder') ? ticket.summary : null;
  return { reference, severity, exercise, summary, ...standingOf({ page, ticket }, now) };
}

type Standing = Pick<PageLinkView, 'standing' | 'actions' | 'undoUntil'>;

function standingOf({ page, ticket }: PageLinkFacts, now: Date): Standing {
  if (ticket.state !== 'open' && ticket.state !== 'claimed') return over(`The ticket is ${ticket.state}.`);
  if (page.purpose === 'lease') return lease(page, ticket);
  if (ticket.claimedBy === page.responderId) return heldByReader(page, now);
  if (page.response === 'joined') return over('You have joined the response.');
  if (page.response === 'declined') return over('You have declined.');
  if (page.response === 'claimed' && ticket.state === 'open') return over('You have given it back.');
  if (page.purpose === 'notice') return over(ticket.state === 'open' ? 'Nobody has claimed it yet.' : 'It is claimed.');
  if (page.purpose === 'claim' && ticket.state === 'claimed') return over('Somebody else has claimed it.');
  if (page.state === 'withdrawn' || page.state === 'acknowledged') return over('You are not asked any more.');
  const accept = page.purpose === 'claim' ? 'claim' : 'join';
  return { standing: 'You are asked to help.', actions: [accept, 'decline'], undoUntil: null };
}

function lease({ state, response, responderId }: PageLinkFacts['page'], ticket: PageLinkFacts['ticket']): Standing {
  if (ticket.claimedBy !== responderId) return over('You do not hold it any more.');
  if (response === 'confirmed') return over('You are still on it.');
  if (state === 'withdrawn') return over('Claimed by you.');
  return {
    standing: 'Are you still on it? Without an answer it goes to somebody else.',
    actions: ['confirm'],
    undoUntil: null,
  };
}

function heldByReader({ response, acknowledgedAt }: PageLinkFacts['page'], now: Date): Standing {
  const undoUntil =
    response === 'claimed' && acknowledgedAt !== null ? new Date(acknowledgedAt.getTime() + undoLastsMs) : null;
  const standing = 'Claimed by you.';
  if (undoUntil === null || undoUntil <= now) return over(standing);
  return { standing, actions: ['undo'], undoUntil };
}

function over(standing: string): Standing {
  return { standing, actions: [], undoUntil: null };
}
