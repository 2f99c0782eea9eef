/** A claim by a page link can be taken back for so long. */
export const undoLastsMs = 60_000;

/** What of a ticket decides whether it can be given back. */
export interface HeldTicket {
  state: string;
  claimedBy: string | null;
}

/** Who acts. */
export interface Party {
  id: string;
  /** Runs the desk: may act for any holder. */
  coordinates: boolean;
}

/** What of a page decides whether the claim by it can be taken back. */
export interface ClaimingPage {
  responderId: string;
  response: string | null;
  acknowledgedAt: Date | null;
}

/** Whether a ticket goes back to dispatch, and from whom. */
export type ReleaseDecision =
  { kind: 'released'; holder: string } | { kind: 'refused'; reason: 'not-claimed' | 'not-holder' };

/** Decides a release: by the holder, or by a coordinator in their place. */
export function decideRelease({ state, claimedBy }: HeldTicket, by: Party): ReleaseDecision {
  if (state !== 'claimed' || claimedBy === null) return { kind: 'refused', reason: 'not-claimed' };
  if (claimedBy !== by.id && !by.coordinates) return { kind: 'refused', reason: 'not-holder' };
  return { kind: 'released', holder: claimedBy };
}

/** Whether the claim made by this page can still be taken back: its reader holds the ticket, and made it just now. */
export function mayUndo({ state, claimedBy }: HeldTicket, page: ClaimingPage, now: Date): boolean {
  if (state !== 'claimed' || claimedBy !== page.responderId || page.response !== 'claimed') return false;
  return page.acknowledgedAt !== null && now.getTime() - page.acknowledgedAt.getTime() <= undoLastsMs;
}
