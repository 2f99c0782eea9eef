/** What of a ticket decides whether it can be claimed or joined. */
export interface ClaimableTicket {
  state: string;
  claimedBy: string | null;
  joined: readonly string[];
}

/** Who wants to work on a ticket. */
export interface Claimant {
  id: string;
  /** The roster records a conflict of interest with the provider. */
  hasConflict: boolean;
  /** They have been paged to help the holder. */
  isAskedToHelp: boolean;
}

/** What comes of wanting to work on a ticket. */
export type ClaimDecision =
  | { kind: 'claimed' }
  | { kind: 'joined' }
  | { kind: 'unchanged' }
  | { kind: 'refused'; reason: 'held' | 'not-open' | 'conflict' };

/** What comes of answering a call to help. */
export type JoinDecision =
  { kind: 'joined' } | { kind: 'unchanged' } | { kind: 'refused'; reason: 'not-claimed' | 'not-asked' | 'conflict' };

/**
 * Decides a claim: one holder at a time, and nobody with a conflict of interest. The holder claiming again changes nothing.
 * Who was asked to help the holder joins, and the holder stays.
 */
export function decideClaim(ticket: ClaimableTicket, claimant: Claimant): ClaimDecision {
  if (ticket.state === 'open')
    return claimant.hasConflict ? { kind: 'refused', reason: 'conflict' } : { kind: 'claimed' };
  if (ticket.state !== 'claimed') return { kind: 'refused', reason: 'not-open' };
  const joining = decideJoin(ticket, claimant);
  if (joining.kind !== 'refused') return joining;
  return { kind: 'refused', reason: joining.reason === 'conflict' ? 'conflict' : 'held' };
}

/** Decides whether somebody joins the holder of a ticket. Who works on it already changes nothing. */
export function decideJoin(ticket: ClaimableTicket, { id, hasConflict, isAskedToHelp }: Claimant): JoinDecision {
  if (ticket.state !== 'claimed') return { kind: 'refused', reason: 'not-claimed' };
  if (ticket.claimedBy === id || ticket.joined.includes(id)) return { kind: 'unchanged' };
  if (!isAskedToHelp) return { kind: 'refused', reason: 'not-asked' };
  return hasConflict ? { kind: 'refused', reason: 'conflict' } : { kind: 'joined' };
}
