import type { HeldTicket, Party } from './giving-back.js';

/** An offer of the ticket: it stays with the giver until it is accepted. */
export interface Offer {
  to: string;
  from: string;
  /** RFC 3339. */
  offeredAt: string;
}

/** What of a ticket decides whether it can be handed over. */
export interface OfferableTicket extends HeldTicket {
  joined: readonly string[];
  handover: Offer | null;
}

/** To whom a ticket is to go. */
export interface Receiver {
  id: string;
  /** Active on the roster, and takes tickets. */
  takesTickets: boolean;
  /** The roster records a conflict of interest with the provider. */
  hasConflict: boolean;
}

/** Whether an offer is made; `replaces` is to whom it was offered before. */
export type OfferDecision =
  | { kind: 'offered'; handover: Offer; replaces: string | null }
  | { kind: 'refused'; reason: 'not-claimed' | 'not-holder' | 'unknown-receiver' | 'holds-it-already' | 'conflict' };

/** What comes of an answer to an offer. */
export type AcceptDecision =
  | { kind: 'accepted'; changes: { claimedBy: string; handover: null; joined: string[] } }
  | { kind: 'refused'; reason: 'not-offered' | 'conflict' };

/** Decides an offer, by the holder or a coordinator. A new offer takes the place of an earlier one. */
export function decideOffer(ticket: OfferableTicket, by: Party, receiver: Receiver, now: Date): OfferDecision {
  const refused = (reason: (OfferDecision & { kind: 'refused' })['reason']) => ({ kind: 'refused', reason }) as const;
  if (ticket.state !== 'claimed' || ticket.claimedBy === null) return refused('not-claimed');
  if (ticket.claimedBy !== by.id && !by.coordinates) return refused('not-holder');
  if (!receiver.takesTickets) return refused('unknown-receiver');
  if (receiver.id === ticket.claimedBy) return refused('holds-it-already');
  if (receiver.hasConflict) return refused('conflict');
  return {
    kind: 'offered',
    handover: { to: receiver.id, from: ticket.claimedBy, offeredAt: now.toISOString() },
    replaces: ticket.handover?.to ?? null,
  };
}

/** Whether an offer to this person stands. */
export function isOffered({ state, handover }: OfferableTicket, principalId: string): boolean {
  return state === 'claimed' && handover?.to === principalId;
}

/** Decides an acceptance: the receiver becomes the one holder. The clocks go on: they are the ticket's, not the holder's. */
export function decideAccept(ticket: OfferableTicket, receiver: Pick<Receiver, 'id' | 'hasConflict'>): AcceptDecision {
  if (!isOffered(ticket, receiver.id)) return { kind: 'refused', reason: 'not-offered' };
  if (receiver.hasConflict) return { kind: 'refused', reason: 'conflict' };
  const joined = ticket.joined.filter((member) => member !== receiver.id);
  return { kind: 'accepted', changes: { claimedBy: receiver.id, handover: null, joined } };
}
