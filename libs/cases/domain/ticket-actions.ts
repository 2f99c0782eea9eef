import type { TicketFacts, TicketState } from './ticket.js';

/** What people do to a ticket. */
export type TicketAction =
  | 'claim'
  | 'decline'
  | 'release'
  | 'handover'
  | 'reinforce'
  | 'respond'
  | 'rate'
  | 'update'
  | 'resolve'
  | 'reopen'
  | 'reject'
  | 'merge'
  | 'unmerge';

/** In which states a ticket may be when it is done. */
export const ACTION_STATES: Record<TicketAction, readonly TicketState[]> = {
  claim: ['open'],
  decline: ['open', 'claimed'],
  release: ['claimed'],
  handover: ['claimed'],
  reinforce: ['claimed'],
  respond: ['open', 'claimed'],
  rate: ['open', 'claimed'],
  update: ['open', 'claimed', 'resolved'],
  resolve: ['open', 'claimed'],
  reopen: ['resolved', 'rejected'],
  reject: ['open'],
  merge: ['open', 'claimed'],
  unmerge: ['merged'],
};

/** Whether the state of the ticket allows the action. */
export function allows(ticket: Pick<TicketFacts, 'state'>, action: TicketAction): boolean {
  return ACTION_STATES[action].includes(ticket.state);
}

/** Whether this person works on the ticket: holds it, or has joined its holder. */
export function worksOn(ticket: Pick<TicketFacts, 'claimedBy' | 'joined'>, principalId: string): boolean {
  return ticket.claimedBy === principalId || ticket.joined.includes(principalId);
}
