/** What of a ticket decides whether it can be claimed. */
export interface ClaimableTicket {
  state: string;
  claimedBy: string | null;
}

/** Whether somebody becomes the holder. */
export type ClaimDecision =
  { kind: 'claimed' } | { kind: 'unchanged' } | { kind: 'refused'; reason: 'held' | 'not-open' | 'conflict' };

/** Decides a claim: one holder at a time, and nobody with a conflict of interest. The holder claiming again changes nothing. */
export function decideClaim(ticket: ClaimableTicket, principalId: string, hasConflict: boolean): ClaimDecision {
  if (ticket.state === 'claimed' && ticket.claimedBy === principalId) return { kind: 'unchanged' };
  if (ticket.state === 'claimed') return { kind: 'refused', reason: 'held' };
  if (ticket.state !== 'open') return { kind: 'refused', reason: 'not-open' };
  return hasConflict ? { kind: 'refused', reason: 'conflict' } : { kind: 'claimed' };
}
